package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import java.util.List;
import java.util.Map;

/**
 * Forms of a section that have keys of their own, such as its optimizers.
 *
 * @param selector the key that chooses among them
 * @param noun what they are, in messages
 * @param byName their keys, with defaults
 */
record Variants(String selector, String noun, ConfigObject byName) {
  /** Variants whose selector says what they are. */
  Variants(String selector, ConfigObject byName) {
    this(selector, selector, byName);
  }

  ConfigObject defaults(String name) {
    return (ConfigObject) byName.get(name);
  }

  /**
   * The defaults of a format.
   *
   * @param root that has them in the file of defaults
   * @param key one of them, for the message
   * @throws IllegalStateException if the library that brings the format brings none
   */
  ConfigObject defaultsOf(String format, String root, String key) {
    ConfigObject defaults = defaults(format);
    if (defaults == null) {
      throw new IllegalStateException(
          "Format %s has no defaults: give %s.%s { %s = ..., ... } in %s"
              .formatted(format, root, format, key, RunConfigLoader.MORE_DEFAULTS));
    }
    return defaults;
  }

  /**
   * Reports every key that nobody has read and that belongs to other variants than the chosen one.
   */
  void refuseOthers(Section section, String chosen) {
    for (String key : section.unknown()) {
      List<String> owners =
          byName.entrySet().stream()
              .filter(v -> ((ConfigObject) v.getValue()).containsKey(key))
              .map(Map.Entry::getKey)
              .sorted()
              .toList();
      if (!owners.isEmpty() && section.isRefused(selector)) {
        section.ignore(key); // it may belong to the variant that was meant
      } else if (!owners.isEmpty()) {
        String rule = "belongs to %s %s, but %s is %s";
        section.refuse(key, rule.formatted(noun, String.join(" or ", owners), noun, chosen));
      }
    }
  }
}
