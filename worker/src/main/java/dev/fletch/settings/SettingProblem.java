package dev.fletch.settings;

import java.io.Serializable;

/**
 * One refused setting.
 *
 * @param key kebab-case key relative to the record, for example {@code learning-rate}
 * @param rule what went wrong, to be read after the key: {@code must be > 0, got -0.1}
 */
public record SettingProblem(String key, String rule) implements Serializable {
  @Override
  public String toString() {
    return key + " " + rule;
  }
}
