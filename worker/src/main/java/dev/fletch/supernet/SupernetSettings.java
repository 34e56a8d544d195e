package dev.fletch.supernet;

import dev.fletch.architecture.Operation;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The size of a supernet and its space.
 *
 * @param initChannels channels C of the first cell's nodes
 * @param layers number of cells; those at layers/3 and 2*layers/3 reduce
 * @param nodes intermediate nodes of a cell; node i has 2+i edges
 * @param stemMultiplier the stem convolution has stemMultiplier*C channels
 * @param operations candidate operations of an edge, in the column order of alpha
 */
public record SupernetSettings(
    int initChannels,
    int layers,
    @Key(section = "space") int nodes,
    int stemMultiplier,
    @Key(section = "space", options = "DARTS") List<Operation> operations)
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
            operations.stream().anyMatch(o -> o != Operation.NONE),
            "must name at least one operation besides none")
        .require(
            "operations",
            new HashSet<>(operations).size() == operations.size(),
            "must not name an operation twice, got " + operations)
        .require(
            "operations",
            Operation.DARTS.containsAll(operations),
            "must be of " + Operation.DARTS + ", got " + operations)
        .orThrow();
  }

  /** Edges of one cell: 2 + 3 + ... + (nodes + 1). */
  public int edges() {
    return nodes * (nodes + 3) / 2;
  }

  /** Whether cell {@code layer} halves the image and doubles the channels. */
  public boolean isReduction(int layer) {
    return layer == layers / 3 || layer == 2 * layers / 3;
  }

  /**
   * Whether any cell is normal: one or two layers are all reductions, and alpha of a kind of cell
   * that is not there is never trained.
   */
  public boolean hasNormalCells() {
    return !IntStream.range(0, layers).allMatch(this::isReduction);
  }
}
