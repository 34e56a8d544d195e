package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.Parallel;
import java.util.Arrays;
import java.util.List;

/**
 * A recurrent cell over the times of a window, forward: the values that its backward pass reads are
 * kept. Rows are those of the minibatch; their number is made a multiple of {@link Packs#ROWS} by
 * rows of zeros.
 */
final class CellWindow {
  /** Weights of functions: the state made of word and memory has tanh alone. */
  static final float[] TANH_ALONE = {1, 0, 0, 0};

  private static final float OPEN = 40f;

  final CellForm form;
  final int batch;

  /** {@code batch} as a multiple of {@link Packs#ROWS}: how far apart states lie. */
  final int rows;

  /** Of rows. */
  final int groups;

  final int panels;
  private final Parallel parallel;
  private final PanelRanges ranges;
  private final int[] firstEdges;

  /** By time: the words' vectors, masked. */
  final Panels[] words;

  /** By time: the cell's output at the time before. */
  final Panels[] memory;

  /** By time: products of word and memory. */
  final Panels[] gates;

  /** By time and node: products of what the node reads. */
  final Panels[][] nodeGates;

  /** By time: all states, one below the other. */
  final Panels[] states;

  /** What matrices read, column by column, as the gradients of matrices need it. */
  final Packs[] wordColumns;

  final Packs[] memoryColumns;

  /** By time and state. */
  final Packs[][] stateColumns;

  /** By time: 1 / sqrt(variance) of every state. */
  final float[][] scales;

  /** By time: the mean of the states that are given. */
  final Panels[] outputs;

  private final Packs packedWords;
  private final Packs packedMemory;
  private final Packs packedStates;

  /** The state that is made ready to be read. */
  private final Panels masked;

  final NormStatistics statistics;

  /**
   * What {@code h} and the states are multiplied with where matrices read them; null for nothing.
   */
  Panels hiddenMask;

  float[][] mixing;

  /**
   * @param times of the longest window
   */
  CellWindow(CellForm form, int batch, int times, Parallel parallel) {
    this.form = form;
    this.batch = batch;
    this.rows = Packs.padded(batch);
    this.groups = rows / Packs.ROWS;
    this.panels = Panels.count(form.size());
    this.parallel = parallel;
    this.ranges = new PanelRanges(panels, parallel);
    this.firstEdges = form.firstEdges();
    int size = form.size();
    int wide = 2 * panels * WIDTH;
    int count = form.nodes().size();
    this.words = matrices(times, rows, size);
    this.memory = matrices(times, rows, size);
    this.gates = matrices(times, rows, wide);
    this.states = matrices(times, (count + 1) * rows, size);
    this.outputs = matrices(times, rows, size);
    this.nodeGates = new Panels[times][count];
    this.scales = new float[times][(count + 1) * panels * WIDTH];
    for (Panels[] ofTime : nodeGates) {
      for (int i = 0; i < count; i++) {
        ofTime[i] = new Panels(form.nodes().get(i).count() * rows, wide);
      }
    }
    this.packedWords = new Packs(times * rows, size);
    this.packedMemory = new Packs(rows, size);
    this.packedStates = new Packs((count + 1) * rows, size);
    this.masked = new Panels(rows, size);
    this.wordColumns = columns(times);
    this.memoryColumns = columns(times);
    this.stateColumns = new Packs[times][];
    Arrays.setAll(stateColumns, t -> columns(count + 1));
    this.statistics = new NormStatistics(panels * WIDTH);
  }

  private Packs[] columns(int count) {
    Packs[] all = new Packs[count];
    Arrays.setAll(all, i -> new Packs(form.size(), rows));
    return all;
  }

  static Panels[] matrices(int count, int rows, int columns) {
    Panels[] all = new Panels[count];
    Arrays.setAll(all, i -> new Panels(rows, columns));
    return all;
  }

  /** Longest window. */
  int times() {
    return words.length;
  }

  /**
   * Computes all states and outputs of the first {@code times} times. {@link #words} and the memory
   * of time 0 have been written.
   *
   * @param norm how states are normalised, if they are
   */
  void forward(int times, CellWeights weights, Norm norm) {
    statistics.begin();
    // what words bring to all times, which needs no memory, is one product
    parallel.forEach(
        times,
        t -> {
          for (int p = 0; p < panels; p++) {
            packedWords.pack(words[t], p, 0, rows, t * groups, p * WIDTH);
            wordColumns[t].packColumns(words[t], p);
          }
        });
    parallel.forEach(
        2 * panels,
        p -> {
          for (int t = 0; t < times; t++) {
            packedWords.multiply(t * groups, groups, weights.word(), p, gates[t], p, 0, false);
          }
        });
    parallel.forEach(panels, p -> remember(memory[0], 0, p));
    for (int time = 0; time < times; time++) {
      int t = time;
      boolean last = t == times - 1;
      parallel.forEach(panels, p -> first(t, p, weights, norm));
      for (int node = 0; node < form.nodes().size(); node++) {
        int i = node;
        ranges.forEach((from, to) -> node(t, i, from, to, weights, norm));
      }
      parallel.forEach(panels, p -> output(t, p, last));
    }
  }

  private void first(int t, int p, CellWeights weights, Norm norm) {
    packedMemory.multiply(0, groups, weights.memory(), p, gates[t], p, 0, true);
    packedMemory.multiply(0, groups, weights.memory(), panels + p, gates[t], panels + p, 0, true);
    if (!form.gated()) {
      openGate(gates[t], p);
    }
    float[] values = states[t].values();
    int at = states[t].at(p, 0);
    Arrays.fill(values, at, at + batch * WIDTH, 0);
    Gate.add(placesOfFirst(t, p), TANH_ALONE, values, at, batch * WIDTH);
    finish(t, 0, p, norm);
  }

  /** So wide that the sigmoid is 1, and its slope 0: nothing of the memory is let through. */
  private void openGate(Panels gate, int p) {
    int at = gate.at(p, 0);
    Arrays.fill(gate.values(), at, at + batch * WIDTH, OPEN);
  }

  private void node(int t, int i, int from, int to, CellWeights weights, Norm norm) {
    CellForm.Node node = form.nodes().get(i);
    Packs read = packedStates;
    Panels matrix = weights.node(i);
    Panels products = nodeGates[t][i];
    for (int j = 0; j < node.count(); j++) {
      int group = (node.first() + j) * groups;
      for (int p = from; p < to; p++) {
        int c = panels + p;
        read.multiply(group, groups, matrix, p, products, p, j * rows, false);
        read.multiply(group, groups, matrix, c, products, c, j * rows, false);
      }
    }
    for (int p = from; p < to; p++) {
      mix(t, i, p);
      finish(t, i + 1, p, norm);
    }
  }

  private void mix(int t, int i, int p) {
    float[] values = states[t].values();
    int at = states[t].at(p, (i + 1) * rows);
    Arrays.fill(values, at, at + batch * WIDTH, 0);
    int edge = firstEdges[i];
    for (int j = 0; j < form.nodes().get(i).count(); j++) {
      Gate.add(places(t, i, j, p), mixing[edge + j], values, at, batch * WIDTH);
    }
  }

  Gate.Places placesOfFirst(int t, int p) {
    Panels g = gates[t];
    return new Gate.Places(
        g.values(),
        g.at(p, 0),
        g.values(),
        g.at(panels + p, 0),
        memory[t].values(),
        memory[t].at(p, 0));
  }

  /** Of the edge from the j-th state that node i reads. */
  Gate.Places places(int t, int i, int j, int p) {
    Panels g = nodeGates[t][i];
    int row = j * rows;
    return new Gate.Places(
        g.values(),
        g.at(p, row),
        g.values(),
        g.at(panels + p, row),
        states[t].values(),
        states[t].at(p, (form.nodes().get(i).first() + j) * rows));
  }

  /** Normalises a state, and makes it ready to be read by nodes. */
  private void finish(int t, int state, int p, Norm norm) {
    int at = states[t].at(p, state * rows);
    if (form.normalised()) {
      int column = p * WIDTH;
      norm.apply(states[t].values(), at, batch, scales[t], (state * panels + p) * WIDTH, column);
      if (norm.isOfBatch()) {
        statistics.add(norm, column, batch);
      }
    }
    mask(states[t], state * rows, p);
    packedStates.pack(masked, p, 0, rows, state * groups, p * WIDTH);
    stateColumns[t][state].packColumns(masked, p);
  }

  /** The mean of the states that are given, and what the next time reads of it. */
  private void output(int t, int p, boolean last) {
    float[] from = states[t].values();
    float[] to = outputs[t].values();
    int width = Math.min(WIDTH, form.size() - p * WIDTH);
    List<Integer> given = form.outputs();
    float share = 1f / given.size();
    int at = outputs[t].at(p, 0);
    int n = batch * WIDTH;
    System.arraycopy(from, states[t].at(p, given.get(0) * rows), to, at, n);
    for (int state : given.subList(1, given.size())) {
      int source = states[t].at(p, state * rows);
      for (int i = 0; i < n; i++) {
        to[at + i] += from[source + i];
      }
    }
    for (int row = 0; row < batch; row++) {
      for (int c = 0; c < width; c++) {
        to[at + row * WIDTH + c] *= share;
      }
      // columns that are not there stay 0, or they would take part in regularisation
      Arrays.fill(to, at + row * WIDTH + width, at + (row + 1) * WIDTH, 0);
    }
    if (!last) {
      outputs[t].copy(p, memory[t + 1], 0, batch);
      remember(memory[t + 1], t + 1, p);
    }
  }

  private void remember(Panels h, int t, int p) {
    mask(h, 0, p);
    packedMemory.pack(masked, p, 0, rows, 0, p * WIDTH);
    memoryColumns[t].packColumns(masked, p);
  }

  private void mask(Panels from, int row, int p) {
    int at = from.at(p, row);
    int target = masked.at(p, 0);
    float[] source = from.values();
    float[] to = masked.values();
    if (hiddenMask == null) {
      System.arraycopy(source, at, to, target, batch * WIDTH);
      return;
    }
    float[] factors = hiddenMask.values();
    int factor = hiddenMask.at(p, 0);
    for (int i = 0; i < batch * WIDTH; i++) {
      to[target + i] = source[at + i] * factors[factor + i];
    }
  }
}
