package dev.fletch.bench;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StreamShape;
import dev.fletch.engine.MachineRates;
import dev.fletch.network.CandidateSettings;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSettings;

/** Where the networks that are timed come from. */
public interface BenchNetworks {
  /** The numeric library and its version. */
  String engine();

  TrainableNetwork supernet(
      SupernetSettings settings,
      EdgeSettings edges,
      ImageShape image,
      int classes,
      int batch,
      int threads);

  TrainableNetwork candidate(
      CellPair genotype,
      CandidateSettings settings,
      ImageShape image,
      int classes,
      int batch,
      int threads);

  /**
   * A language model: the supernet of recurrent cells.
   *
   * @param cell null for the supernet, else the one cell
   */
  TrainableNetwork recurrent(
      RecurrentCell cell,
      RecurrentSettings settings,
      int nodes,
      StreamShape stream,
      int batch,
      int threads);

  /** What this machine can do at best. */
  MachineRates rates(int threads);
}
