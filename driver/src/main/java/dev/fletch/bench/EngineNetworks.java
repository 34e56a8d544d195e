package dev.fletch.bench;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StreamShape;
import dev.fletch.engine.Backend;
import dev.fletch.engine.MachineRates;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.network.RecurrentNetwork;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.RecurrentSupernet;
import dev.fletch.supernet.Supernet;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.task.Classification;

/** The networks that benchmarks time: the same as in a run. */
public final class EngineNetworks implements BenchNetworks {
  @Override
  public String engine() {
    return Backend.name();
  }

  @Override
  public TrainableNetwork supernet(
      SupernetSettings settings,
      EdgeSettings edges,
      ImageShape image,
      int classes,
      int batch,
      int threads) {
    return new Supernet(settings, edges, image, new Classification(classes), batch, threads);
  }

  @Override
  public TrainableNetwork candidate(
      CellPair genotype,
      CandidateSettings settings,
      ImageShape image,
      int classes,
      int batch,
      int threads) {
    return Networks.of(genotype, settings, image, new Classification(classes), batch, threads);
  }

  @Override
  public TrainableNetwork recurrent(
      RecurrentCell cell,
      RecurrentSettings settings,
      int nodes,
      StreamShape stream,
      int batch,
      int threads) {
    return cell == null
        ? new RecurrentSupernet(settings, nodes, Operation.RECURRENT, stream, batch, threads)
        : new RecurrentNetwork(cell, settings, stream, batch, threads);
  }

  @Override
  public MachineRates rates(int threads) {
    return MachineRates.measure(threads);
  }
}
