package dev.fletch.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Collects the problems of one settings record and throws them together.
 *
 * <pre>{@code
 * new Checks().positive("epochs", epochs).atLeast("momentum", momentum, 0).orThrow();
 * }</pre>
 */
public final class Checks {
  private final List<SettingProblem> problems = new ArrayList<>();

  /** Refuses zero, negative numbers, NaN and infinity. */
  public Checks positive(String key, double value) {
    return require(key, value > 0 && Double.isFinite(value), "must be > 0, got " + text(value));
  }

  /** Refuses numbers below {@code minimum}, NaN and infinity. */
  public Checks atLeast(String key, double value, double minimum) {
    return require(
        key,
        value >= minimum && Double.isFinite(value),
        "must be >= " + text(minimum) + ", got " + text(value));
  }

  /** Refuses numbers outside {@code [minimum, maximum]} and NaN. */
  public Checks between(String key, double value, double minimum, double maximum) {
    return require(
        key,
        value >= minimum && value <= maximum,
        "must be between " + text(minimum) + " and " + text(maximum) + ", got " + text(value));
  }

  /** Refuses numbers outside {@code [minimum, maximum)} and NaN. */
  public Checks below(String key, double value, double minimum, double maximum) {
    return require(
        key,
        value >= minimum && value < maximum,
        "must be >= " + text(minimum) + " and < " + text(maximum) + ", got " + text(value));
  }

  /**
   * Adds the problem {@code rule} under {@code key} unless {@code holds}.
   *
   * @param dependsOn the other keys that the rule is about
   */
  public Checks require(String key, boolean holds, String rule, String... dependsOn) {
    if (!holds) {
      problems.add(new SettingProblem(key, Set.of(dependsOn), rule));
    }
    return this;
  }

  /** What failed so far. */
  public List<SettingProblem> problems() {
    return List.copyOf(problems);
  }

  /**
   * @throws InvalidSettingsException if any check failed
   */
  public void orThrow() {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
