package dev.fletch.network;

import dev.fletch.architecture.Gene;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.data.StreamShape;
import dev.fletch.engine.recurrent.CellForm;
import dev.fletch.nn.recurrent.LanguageModelNetwork;
import dev.fletch.nn.recurrent.RecurrentFunctions;
import dev.fletch.nn.recurrent.RecurrentSettings;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The language model of a recurrent cell (Liu et al., 2019, appendix A.2; quark0/darts, {@code
 * rnn/model.py}): each node applies its one function to its one state, and nothing is normalised.
 */
public final class RecurrentNetwork extends LanguageModelNetwork implements ArchitectureNetwork {
  private final float[] mixing;

  /**
   * @param batch rows of a minibatch
   * @param threads for the engine's own kernels
   */
  public RecurrentNetwork(
      RecurrentCell cell, RecurrentSettings settings, StreamShape input, int batch, int threads) {
    super(form(cell, settings.size()), input, settings, batch, threads);
    this.mixing = new float[cell.nodes().size() * cell.nodes().size()];
    for (int node = 0; node < cell.nodes().size(); node++) {
      mixing[node * cell.nodes().size() + node] = 1;
    }
  }

  /** With a column for each node, which has its function. */
  private static CellForm form(RecurrentCell cell, int size) {
    List<Integer> columns =
        cell.nodes().stream().map(gene -> RecurrentFunctions.number(gene.operation())).toList();
    List<CellForm.Node> nodes =
        IntStream.range(0, cell.nodes().size())
            .mapToObj(cell.nodes()::get)
            .map(Gene::input)
            .map(state -> new CellForm.Node(state, 1))
            .toList();
    return new CellForm(size, nodes, columns, false, cell.output(), !cell.isPlain());
  }

  @Override
  public int mixingCount() {
    return 0;
  }

  @Override
  public float[] ofCell(float[] none) {
    return mixing;
  }

  @Override
  public long publishedSize() {
    return weightCount();
  }

  @Override
  public long publishedMultiplyAdds() {
    return multiplyAdds(mixing);
  }
}
