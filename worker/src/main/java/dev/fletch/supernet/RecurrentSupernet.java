package dev.fletch.supernet;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Operation;
import dev.fletch.data.StreamShape;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.PlannedNetwork;
import dev.fletch.nn.recurrent.RecurrentSettings;
import java.util.List;

/** The supernet of a recurrent cell; not there yet. */
public final class RecurrentSupernet extends PlannedNetwork implements SupernetNetwork {
  public RecurrentSupernet(
      RecurrentSettings settings,
      int nodes,
      List<Operation> operations,
      StreamShape stream,
      int batch,
      int threads) {
    super(stream, batch, threads, CellTopology.recurrent(nodes).rows() * operations.size());
    throw new UnsupportedOperationException("No recurrent supernet yet for " + settings);
  }

  @Override
  protected Heads layOut(PlanBuilder plan, Slot examples) {
    throw new UnsupportedOperationException();
  }
}
