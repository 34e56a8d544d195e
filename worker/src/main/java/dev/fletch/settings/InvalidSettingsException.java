package dev.fletch.settings;

import java.util.List;
import java.util.stream.Collectors;

/** A settings record was given values it refuses; carries every problem, not only the first. */
public final class InvalidSettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<SettingProblem> problems;

  public InvalidSettingsException(List<SettingProblem> problems) {
    super(problems.stream().map(SettingProblem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  public List<SettingProblem> problems() {
    return problems;
  }
}
