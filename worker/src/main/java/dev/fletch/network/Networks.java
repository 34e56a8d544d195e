package dev.fletch.network;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.PublishedRecurrentCells;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.data.Input;
import dev.fletch.data.StreamShape;
import dev.fletch.task.Task;

/** Builds what trains an architecture from scratch. */
public final class Networks {
  private Networks() {}

  /**
   * The network of {@code architecture}; takes no native memory before it is first used.
   *
   * @param batch largest minibatch it will see
   * @param threads for the engine's own kernels
   * @throws IllegalArgumentException if nothing is left to compute, or the settings ask for what
   *     such an architecture does not have
   */
  public static ArchitectureNetwork of(
      Architecture architecture,
      NetworkSettings settings,
      Input input,
      Task task,
      int batch,
      int threads) {
    if (architecture instanceof RecurrentCell cell) {
      return recurrent(cell, settings, input, batch, threads);
    }
    if (!(settings instanceof CandidateSettings ofCandidate) || input instanceof StreamShape) {
      throw new IllegalArgumentException(
          "Cannot train on %s: only recurrent cells can be, found by a search of streams of words or one of %s; got %s"
              .formatted(
                  input, String.join(", ", PublishedRecurrentCells.names()), architecture.text()));
    }
    return ofCandidate(architecture, ofCandidate, input, task, batch, threads);
  }

  private static ArchitectureNetwork recurrent(
      RecurrentCell cell, NetworkSettings settings, Input input, int batch, int threads) {
    if (input instanceof StreamShape stream
        && settings instanceof RecurrentNetworkSettings recurrent) {
      return new RecurrentNetwork(cell, recurrent.network(), stream, batch, threads);
    }
    throw new IllegalArgumentException(
        "Cannot train a recurrent cell on %s: it reads streams of words; got %s"
            .formatted(input, cell.text()));
  }

  private static ArchitectureNetwork ofCandidate(
      Architecture architecture,
      CandidateSettings settings,
      Input input,
      Task task,
      int batch,
      int threads) {
    if (architecture instanceof Genome genome) {
      return new GenomeNetwork(genome, settings, input, task, batch, threads);
    }
    CellPair cells = CellPair.of(architecture);
    if (!cells.isOfOneKind() && !settings.reduceAfter().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot reduce after %s cells: a genotype has a reduction cell; set reduce-after to []"
              .formatted(settings.reduceAfter()));
    }
    return new CandidateNetwork(cells, settings, input, task, batch, threads);
  }
}
