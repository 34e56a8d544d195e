package dev.fletch.config;

import dev.fletch.settings.Nearest;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** What somebody who wrote an unknown key probably meant. */
final class NearestKey {
  private final Set<String> paths;

  /**
   * @param paths every key there is, with its section
   */
  NearestKey(Set<String> paths) {
    this.paths = paths;
  }

  /**
   * The second half of a sentence.
   *
   * @param section path of the section the unknown {@code key} was found in; empty for the root
   * @param siblings the keys that section has
   */
  String advice(String section, String key, Collection<String> siblings) {
    String prefix = section.isEmpty() ? "" : section + ".";
    Optional<String> sibling = Nearest.to(key, siblings);
    Optional<String> elsewhere =
        paths.stream().filter(p -> lastOf(p).equals(key)).min(Nearest.byEdits(prefix + key));
    return sibling
        .map(s -> prefix + s)
        .or(() -> elsewhere)
        .map(meant -> "did you mean " + meant + "?")
        .orElse(
            (section.isEmpty() ? "known here: " : section + " has ") + String.join(", ", siblings));
  }

  private static String lastOf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
