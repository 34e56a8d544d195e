package dev.fletch.supernet;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Operation;
import dev.fletch.data.StreamShape;
import dev.fletch.engine.recurrent.CellForm;
import dev.fletch.nn.recurrent.LanguageModelNetwork;
import dev.fletch.nn.recurrent.RecurrentFunctions;
import dev.fletch.nn.recurrent.RecurrentSettings;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The supernet of recurrent cells (Liu et al., 2019, appendix A.2; quark0/darts, {@code
 * rnn/model_search.py}): every node adds what all functions make of all states before it, and one
 * batch norm without scale and shift serves all states. Mixing weights are {@code [edges,
 * operations]}, edges numbered node by node, then by state.
 */
public final class RecurrentSupernet extends LanguageModelNetwork implements SupernetNetwork {
  private final int mixing;

  /**
   * @param nodes of the cell
   * @param operations the columns of the mixing weights
   * @param batch rows of a minibatch
   * @param threads for the engine's own kernels
   */
  public RecurrentSupernet(
      RecurrentSettings settings,
      int nodes,
      List<Operation> operations,
      StreamShape input,
      int batch,
      int threads) {
    super(form(settings.size(), nodes, operations), input, settings, batch, threads);
    this.mixing = CellTopology.recurrent(nodes).rows() * operations.size();
  }

  private static CellForm form(int size, int nodes, List<Operation> operations) {
    List<CellForm.Node> all =
        IntStream.range(0, nodes)
            .mapToObj(node -> new CellForm.Node(0, CellTopology.recurrent(nodes).inputsOf(node)))
            .toList();
    return new CellForm(
        size, all, operations.stream().map(RecurrentFunctions::number).toList(), true);
  }

  @Override
  public int mixingCount() {
    return mixing;
  }

  @Override
  public float[] ofCell(float[] weights) {
    return weights;
  }
}
