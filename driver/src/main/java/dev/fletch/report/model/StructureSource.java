package dev.fletch.report.model;

import java.util.Objects;

/**
 * The run in which a structure was found that another run trained.
 *
 * @param folder where that run lies
 * @param run its name
 * @param data name of its data set; empty if unknown
 * @param method that found it; empty if unknown
 * @param candidate what it is called there, for example {@code last} or {@code generation 7}
 * @param searchSeconds wall time of that run's search; NaN if unknown
 * @param experiment see {@link RunLine#experiment}, of that run
 */
public record StructureSource(
    String folder,
    String run,
    String data,
    String method,
    String candidate,
    double searchSeconds,
    String experiment) {
  public StructureSource {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(experiment, "experiment");
  }

  /** Of a run that cannot be read any more. */
  public static StructureSource unread(String folder, String run, String candidate) {
    return new StructureSource(folder, run, "", "", candidate, Double.NaN, folder);
  }

  /** For example {@code darts-mnist/last (darts on mnist)}. */
  public String words() {
    String how = method.isEmpty() || data.isEmpty() ? "" : " (%s on %s)".formatted(method, data);
    return run + "/" + candidate + how;
  }
}
