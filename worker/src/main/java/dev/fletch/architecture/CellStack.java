package dev.fletch.architecture;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Cells on top of each other, as the networks of DARTS stack them (Liu et al., 2019, section 3.1):
 * those at a third and at two thirds of the depth are reduction cells, which halve the image and
 * double the channels; all others are normal cells.
 *
 * @param initChannels channels of a node before the first reduction
 * @param depth number of cells
 */
public record CellStack(int initChannels, int depth) {
  /**
   * One cell.
   *
   * @param channels of each of its nodes
   */
  public record Layer(int channels, boolean reduction) {
    /** Its kind, as a {@link CellTopology} and {@link CellPair#cells} count them. */
    public int kind() {
      return CellStack.kind(reduction);
    }

    /** How an edge that leaves {@code state} strides: 2 from the inputs of a reduction cell. */
    public int stride(CellTopology topology, int state) {
      return topology.isInput(state) ? inputStride() : 1;
    }

    /** The stride of the edges that leave the cell's inputs. */
    public int inputStride() {
      return reduction ? 2 : 1;
    }
  }

  /** The kind of a reduction cell, or of a normal one. */
  public static int kind(boolean reduction) {
    return reduction ? 1 : 0;
  }

  /** All cells, the first first. */
  public List<Layer> layers() {
    return IntStream.range(0, depth).mapToObj(this::layer).toList();
  }

  public Layer layer(int layer) {
    return new Layer(channels(layer), isReduction(layer));
  }

  /** Whether the cell at {@code layer} halves the image. */
  public boolean isReduction(int layer) {
    return layer == depth / 3 || layer == lastReduction();
  }

  /** The layer of the last reduction cell, on which an auxiliary head stands. */
  public int lastReduction() {
    return 2 * depth / 3;
  }

  /** Channels of each node of the cell at {@code layer}: every reduction up to it doubles them. */
  public int channels(int layer) {
    int channels = initChannels;
    for (int before = 0; before <= layer; before++) {
      channels *= isReduction(before) ? 2 : 1;
    }
    return channels;
  }

  /** Whether any cell is of {@code kind}: the smallest networks have no normal cell. */
  public boolean has(int kind) {
    return layers().stream().anyMatch(layer -> layer.kind() == kind);
  }
}
