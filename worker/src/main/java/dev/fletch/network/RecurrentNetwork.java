package dev.fletch.network;

import dev.fletch.architecture.RecurrentCell;
import dev.fletch.data.StreamShape;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.PlannedNetwork;
import dev.fletch.nn.recurrent.RecurrentSettings;

/** The network of a recurrent cell; not there yet. */
public final class RecurrentNetwork extends PlannedNetwork implements ArchitectureNetwork {
  public RecurrentNetwork(
      RecurrentCell cell, RecurrentSettings settings, StreamShape stream, int batch, int threads) {
    super(stream, batch, threads, 0);
    throw new UnsupportedOperationException("No recurrent network yet for " + cell + settings);
  }

  @Override
  protected Heads layOut(PlanBuilder plan, Slot examples) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long publishedSize() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long publishedMultiplyAdds() {
    throw new UnsupportedOperationException();
  }
}
