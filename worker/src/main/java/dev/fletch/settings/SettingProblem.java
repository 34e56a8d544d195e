package dev.fletch.settings;

import java.io.Serializable;
import java.util.Set;

/**
 * One refused setting.
 *
 * @param key kebab-case key relative to the record, for example {@code learning-rate}
 * @param dependsOn other keys whose values the rule is about, relative like {@code key}: if one of
 *     them is wrong itself, this problem may only follow from that
 * @param rule what went wrong, to be read after the key: {@code must be > 0, got -0.1}
 */
public record SettingProblem(String key, Set<String> dependsOn, String rule)
    implements Serializable {
  public SettingProblem {
    dependsOn = Set.copyOf(dependsOn);
  }

  /** A problem of one key alone. */
  public SettingProblem(String key, String rule) {
    this(key, Set.of(), rule);
  }

  @Override
  public String toString() {
    return key + " " + rule;
  }
}
