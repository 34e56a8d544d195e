package dev.fletch.config;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keys that were written and that nobody knows: the first of them with advice, the rest counted.
 */
final class UnknownKeys {
  /** More than anybody mends in one go. */
  static final int MOST_NAMED = 20;

  private final Set<String> knownPaths = new LinkedHashSet<>();
  private final List<Unknown> found = new ArrayList<>();

  /**
   * @param section path of the section it was written in; empty for the root
   * @param siblings the keys that section has
   */
  private record Unknown(
      ConfigOrigin origin, String section, String key, Collection<String> siblings) {
    String path() {
      return section.isEmpty() ? key : section + "." + key;
    }
  }

  void know(String path) {
    knownPaths.add(path);
  }

  void add(ConfigOrigin origin, String section, String key, Collection<String> siblings) {
    found.add(new Unknown(origin, section, key, siblings));
  }

  /** Reports those that stand first in their files, to be called once all is known. */
  void report(Problems problems) {
    NearestKey nearest = new NearestKey(knownPaths);
    found.sort(
        Comparator.comparingInt((Unknown u) -> u.origin().lineNumber())
            .thenComparing(Unknown::path));
    for (Unknown unknown : found.subList(0, Math.min(MOST_NAMED, found.size()))) {
      problems.addSentence(
          unknown.origin(),
          unknown.path(),
          "unknown key "
              + unknown.path()
              + "; "
              + nearest.advice(unknown.section(), unknown.key(), unknown.siblings()));
    }
    problems.addCount(found.size() - MOST_NAMED, "unknown key", "");
  }
}
