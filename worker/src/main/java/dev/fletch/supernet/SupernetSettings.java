package dev.fletch.supernet;

import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Operation;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The size of a supernet and its space.
 *
 * @param initChannels channels C of the first cell's nodes
 * @param layers number of cells; which of them reduce is said by {@link CellStack}
 * @param nodes intermediate nodes of a cell
 * @param stemMultiplier the stem convolution has stemMultiplier*C channels
 * @param operations candidate operations of an edge, in the column order of alpha
 * @param embedding how words are taken in, where the examples are texts
 */
public record SupernetSettings(
    int initChannels,
    int layers,
    @Key(section = "space") int nodes,
    int stemMultiplier,
    @Key(section = "space") List<Operation> operations,
    @Key(inline = true) EmbeddingSettings embedding)
    implements Serializable {
  public SupernetSettings {
    operations = List.copyOf(operations);
    new Checks()
        .atLeast("init-channels", initChannels, 2)
        .require(
            "init-channels",
            initChannels % 2 == 0,
            "must be even, so that a factorized reduction can halve it, got " + initChannels)
        .atLeast("layers", layers, 1)
        .atLeast("nodes", nodes, 1)
        .atLeast("stem-multiplier", stemMultiplier, 1)
        .require(
            "operations",
            operations.stream().anyMatch(o -> !o.isNone()),
            "must name at least one operation besides none")
        .require(
            "operations",
            new HashSet<>(operations).size() == operations.size(),
            "must not name an operation twice, got " + operations)
        .require(
            "operations",
            Operation.known().containsAll(operations),
            "must be of " + Operation.names() + ", got " + operations)
        .require(
            "operations",
            refusals(operations, initChannels).isEmpty(),
            "must fit init-channels: " + refusals(operations, initChannels))
        .orThrow();
  }

  /** Of words with vectors as wide as the stem. */
  public SupernetSettings(
      int initChannels, int layers, int nodes, int stemMultiplier, List<Operation> operations) {
    this(initChannels, layers, nodes, stemMultiplier, operations, EmbeddingSettings.PLAIN);
  }

  private static String refusals(List<Operation> operations, int channels) {
    return operations.stream()
        .filter(Operation.known()::contains)
        .flatMap(operation -> OperationBlock.refusal(operation, channels).stream())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** Channels of the stem. */
  public int stemChannels() {
    return stemMultiplier * initChannels;
  }

  /** What its cells look like. */
  public CellTopology topology() {
    return CellTopology.convolutional(nodes);
  }

  /** How its cells are stacked. */
  public CellStack stack() {
    return new CellStack(initChannels, layers);
  }

  /**
   * Whether any cell is normal: one or two layers are all reductions, and alpha of a kind of cell
   * that is not there is never trained.
   */
  public boolean hasNormalCells() {
    return stack().has(CellStack.kind(false));
  }
}
