package dev.fletch.architecture;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Cells on top of each other, as the networks of DARTS stack them (Liu et al., 2019, section 3.1):
 * those at a third and at two thirds of the depth are reduction cells, which halve the image and
 * double the channels; all others are normal cells. With one kind of cell none reduces by itself: a
 * max pool of 2 positions a side stands between cells where the size is to be halved and channels
 * are to be doubled.
 *
 * @param initChannels channels of a node before the first reduction
 * @param depth number of cells
 * @param kinds of cells: 2, or 1 without reduction cells
 * @param reduceAfter with one kind: after how many cells a pool stands, see {@link #areCells}
 */
public record CellStack(int initChannels, int depth, int kinds, List<Integer> reduceAfter) {
  public CellStack {
    reduceAfter = List.copyOf(reduceAfter);
  }

  /** Of normal and reduction cells. */
  public CellStack(int initChannels, int depth) {
    this(initChannels, depth, 2, List.of());
  }

  /** What {@link #areCells} asks for, as a rule that a value breaks. */
  public static final String REDUCE_AFTER_RULE =
      "must be ascending numbers from 1 to layers - 1, got ";

  /** Whether something can stand after so many cells each: ascending, and cells follow. */
  public static boolean areCells(List<Integer> numbers, int depth) {
    int last = 0;
    for (int number : numbers) {
      if (number <= last || number >= depth) {
        return false;
      }
      last = number;
    }
    return true;
  }

  /**
   * One cell.
   *
   * @param channels of each of its nodes
   * @param pools that stand before it
   */
  public record Layer(int channels, boolean reduction, int pools) {
    /** Without pools before it. */
    public Layer(int channels, boolean reduction) {
      this(channels, reduction, 0);
    }

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
    return new Layer(channels(layer), isReduction(layer), pools(layer));
  }

  /** Whether the cell at {@code layer} halves the image. */
  public boolean isReduction(int layer) {
    return kinds > 1 && (layer == depth / 3 || layer == lastReduction());
  }

  private int pools(int layer) {
    return (int) reduceAfter.stream().filter(cells -> cells <= layer).count();
  }

  /** The layer of the last reduction cell, on which an auxiliary head stands. */
  public int lastReduction() {
    return 2 * depth / 3;
  }

  /**
   * Channels of each node of the cell at {@code layer}: every reduction and pool up to it doubles
   * them.
   */
  public int channels(int layer) {
    int channels = initChannels << pools(layer);
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
