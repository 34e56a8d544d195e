package dev.fletch.retrain;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a structure was taken from that this run trains and did not find, as it was then: that
 * other run may go on, be moved or be deleted since.
 *
 * @param label what named it in {@code retrain.candidates}, for example {@code from:runs/a/best}
 * @param begun when the run began that the label names: which run that is, wherever it lies; empty
 *     for a file, or where the run does not say
 * @param found the run that found it, which the one that the label names may have it from in turn;
 *     empty for a file, or where that could not be read
 */
public record Taken(String label, String begun, Optional<FoundIn> found) {
  public Taken {
    if (!(CandidateLabel.parse(label) instanceof CandidateLabel.Elsewhere)) {
      throw new IllegalArgumentException(label + " names no other run and no file");
    }
    Objects.requireNonNull(begun, "begun");
    Objects.requireNonNull(found, "found");
  }

  /** What the label names. */
  public CandidateLabel.Elsewhere named() {
    return (CandidateLabel.Elsewhere) CandidateLabel.parse(label);
  }

  /**
   * The run that found a structure.
   *
   * @param folder where it lay
   * @param run its name
   * @param data what its data are called; empty if unknown
   * @param examples the same for the same data; empty if unknown
   * @param method that found the structure; empty if unknown
   * @param candidate what it is called there, for example {@code last} or {@code generation 7}
   * @param searchSeconds wall time of that run's search; NaN if unknown
   * @param experiment the same for runs that differ in their seed alone
   */
  public record FoundIn(
      String folder,
      String run,
      String data,
      String examples,
      String method,
      String candidate,
      double searchSeconds,
      String experiment) {
    public FoundIn {
      Objects.requireNonNull(folder, "folder");
      Objects.requireNonNull(run, "run");
      Objects.requireNonNull(data, "data");
      Objects.requireNonNull(examples, "examples");
      Objects.requireNonNull(method, "method");
      Objects.requireNonNull(candidate, "candidate");
      Objects.requireNonNull(experiment, "experiment");
    }
  }
}
