package dev.fletch.network;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.data.Input;
import dev.fletch.task.Task;

/** Builds what trains an architecture from scratch. */
public final class Networks {
  private Networks() {}

  /**
   * The network of {@code architecture}; takes no native memory before it is first used.
   *
   * @param batch largest minibatch it will see
   * @param threads for the engine's own kernels
   * @throws IllegalArgumentException if nothing of a cell is left to compute
   */
  public static ArchitectureNetwork of(
      Architecture architecture,
      CandidateSettings settings,
      Input input,
      Task task,
      int batch,
      int threads) {
    if (architecture instanceof CellPair genotype) {
      return new CandidateNetwork(genotype, settings, input, task, batch, threads);
    }
    throw new IllegalArgumentException(
        "No network is known for architectures like " + architecture.text());
  }
}
