package dev.fletch.run;

import java.util.List;

/** The command cannot be carried out as given; each problem is one sentence with the remedy. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public UsageException(String problem) {
    this(List.of(problem));
  }

  /**
   * @param problems one or more
   */
  public UsageException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** All of them, a line each. */
  public List<String> problems() {
    return problems;
  }
}
