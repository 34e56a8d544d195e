package dev.fletch.nn;

import dev.fletch.architecture.CellStack.Layer;
import dev.fletch.engine.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the cells of a network make of the outputs they read: a cell reads the two before it,
 * brought to its channels by a 1x1 convolution each, the first by a factorized reduction where the
 * cell between them halved the image (quark0/darts, {@code model.py}, preprocess0 and preprocess1).
 * The convolutions that read one output are laid out together. Where pools stand between a cell and
 * the output it reads, it reads what they make of it.
 */
public final class CellInputs {
  private final Blocks blocks;
  private final List<Layer> layers;
  private final Slot[] first;
  private final Slot[] second;

  private CellInputs(Blocks blocks, List<Layer> layers) {
    this.blocks = blocks;
    this.layers = List.copyOf(layers);
    this.first = new Slot[layers.size()];
    this.second = new Slot[layers.size()];
  }

  /** After a stem that stands for both cells before the first. */
  public static CellInputs after(Slot stem, Blocks blocks, List<Layer> layers) {
    CellInputs inputs = new CellInputs(blocks, layers);
    inputs.layOut(-1, stem, List.of(new Read(0, true)));
    return inputs;
  }

  /** After a stem in two parts, of which the second halves the image as a reduction cell does. */
  public static CellInputs after(Slot stem0, Slot stem1, Blocks blocks, List<Layer> layers) {
    CellInputs inputs = new CellInputs(blocks, layers);
    inputs.halve(0, stem0);
    inputs.layOut(-1, stem1, List.of());
    return inputs;
  }

  /** One input of one cell. */
  private record Read(int layer, boolean isFirst) {
    String name() {
      return "cells." + layer + (isFirst ? ".preprocess0" : ".preprocess1");
    }
  }

  /** Lays out what reads the output of a cell. */
  public void add(int layer, Slot output) {
    layOut(layer, output, List.of());
  }

  private void layOut(int layer, Slot output, List<Read> others) {
    List<Read> reads = new ArrayList<>(others);
    if (layer + 1 < layers.size()) {
      reads.add(new Read(layer + 1, false));
    }
    int next = layer + 2;
    boolean readAgain = next < layers.size();
    boolean halved = readAgain && layers.get(layer + 1).reduction();
    if (readAgain && !halved) {
      reads.add(new Read(next, true));
    }
    Slot at = output;
    int pools = layer < 0 ? 0 : layers.get(layer).pools();
    for (Map.Entry<Integer, List<Read>> behind : byPools(reads).entrySet()) {
      for (; pools < behind.getKey(); pools++) {
        at = HalvingPool.of(blocks.plan(), at);
      }
      convolve(at, behind.getValue());
    }
    if (halved) {
      halve(next, output);
    }
  }

  /** By the pools that stand before the reader, the fewest first. */
  private SortedMap<Integer, List<Read>> byPools(List<Read> reads) {
    SortedMap<Integer, List<Read>> behind = new TreeMap<>();
    for (Read read : reads) {
      behind
          .computeIfAbsent(layers.get(read.layer()).pools(), unused -> new ArrayList<>())
          .add(read);
    }
    return behind;
  }

  private void halve(int layer, Slot output) {
    int channels = layers.get(layer).channels();
    first[layer] = blocks.factorizedReduction(new Read(layer, true).name(), output, channels);
  }

  private void convolve(Slot output, List<Read> reads) {
    List<Blocks.Reader> readers =
        reads.stream()
            .map(read -> new Blocks.Reader(read.name(), layers.get(read.layer()).channels()))
            .toList();
    List<Slot> inputs = blocks.convNorms(output, readers);
    for (int i = 0; i < inputs.size(); i++) {
      (reads.get(i).isFirst() ? first : second)[reads.get(i).layer()] = inputs.get(i);
    }
  }

  /** What the cell makes of the output of the cell before the previous one. */
  public Slot first(int layer) {
    return first[layer];
  }

  /** What it makes of the previous one's. */
  public Slot second(int layer) {
    return second[layer];
  }
}
