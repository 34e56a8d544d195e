package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.Parallel;
import java.util.Arrays;

/**
 * The backward pass of a {@link CellWindow}, from its last time to its first: gradients of what
 * words bring, of mixing weights, and of the cell's matrices, each of which is one product over all
 * times. It ends at the memory that the window began with.
 *
 * <p>The window's products of words, memory and states are replaced by their gradients.
 */
final class CellGradient {
  /** Times whose states and products are read while they are in a cache. */
  private static final int TIMES = 5;

  private static final double[] NOT_WANTED = new double[Gate.FUNCTIONS];

  private final CellWindow window;
  private final CellForm form;
  private final Parallel parallel;
  private final PanelRanges ranges;
  private final PanelRanges matrixRanges;
  private final int panels;
  private final int rows;
  private final int groups;
  private final int[] firstEdges;

  /** Of the time under way. */
  private final Panels ofStates;

  private final Panels ofMemory;
  private final Panels products;
  private final Packs packed;
  private final Packs packedOfWords;

  /** By panel, edge and function. */
  private final double[][][] ofMixing;

  private final Panels ofWord;
  private final Panels ofMemoryMatrix;
  private final Panels[] ofNodes;

  CellGradient(CellWindow window, CellWeights weights, Parallel parallel) {
    this.window = window;
    this.form = window.form;
    this.parallel = parallel;
    this.panels = window.panels;
    this.ranges = new PanelRanges(panels, parallel);
    this.matrixRanges = new PanelRanges(2 * panels, parallel);
    this.rows = window.rows;
    this.groups = window.groups;
    this.firstEdges = form.firstEdges();
    int count = form.nodes().size();
    int widest = Math.max(1, form.nodes().stream().mapToInt(CellForm.Node::count).max().orElse(1));
    int wide = 2 * panels * WIDTH;
    this.ofStates = new Panels((count + 1) * rows, form.size());
    this.ofMemory = new Panels(rows, form.size());
    this.products = new Panels(widest * rows, form.size());
    this.packed = new Packs(widest * rows, wide);
    this.packedOfWords = new Packs(window.times() * rows, wide);
    this.ofMixing = new double[panels][form.edges()][Gate.FUNCTIONS];
    this.ofWord = weights.gates();
    this.ofMemoryMatrix = weights.gates();
    this.ofNodes = new Panels[count];
    Arrays.setAll(ofNodes, i -> weights.gates());
  }

  /**
   * @param ofOutputs by time, dL/d(outputs) as far as the loss has it
   * @param ofWords by time, receives dL/d(words)
   */
  void backward(int times, CellWeights weights, Norm norm, Panels[] ofOutputs, Panels[] ofWords) {
    for (double[][] ofPanel : ofMixing) {
      for (double[] ofEdge : ofPanel) {
        Arrays.fill(ofEdge, 0);
      }
    }
    ofMemory.zero();
    for (int time = times - 1; time >= 0; time--) {
      int t = time;
      parallel.forEach(panels, p -> begin(p, ofOutputs[t]));
      for (int node = form.nodes().size() - 1; node >= 0; node--) {
        int i = node;
        parallel.forEach(panels, p -> node(t, i, p, norm));
        ranges.forEach((from, to) -> toStates(i, from, to, weights));
      }
      parallel.forEach(panels, p -> first(t, p, norm));
      if (t > 0) {
        parallel.forEach(panels, p -> toMemory(t, p, weights));
      }
    }
    parallel.forEach(
        panels,
        p -> {
          for (int t = 0; t < times; t++) {
            packedOfWords.multiply(
                t * groups, groups, weights.wordBack(), p, ofWords[t], p, 0, false);
          }
        });
  }

  /** Every state that is given has its share of what the outputs have. */
  private void begin(int p, Panels ofOutput) {
    float share = 1f / form.outputs().size();
    int n = batch() * WIDTH;
    float[] target = ofStates.values();
    int first = ofStates.at(p, 0);
    Arrays.fill(target, first, first + ofStates.rows() * WIDTH, 0);
    float[] loss = ofOutput.values();
    float[] later = ofMemory.values();
    int at = ofOutput.at(p, 0);
    int ofLater = ofMemory.at(p, 0);
    for (int state : form.outputs()) {
      int to = ofStates.at(p, state * rows);
      for (int i = 0; i < n; i++) {
        target[to + i] = share * (loss[at + i] + later[ofLater + i]);
      }
    }
  }

  private void node(int t, int i, int p, Norm norm) {
    CellForm.Node node = form.nodes().get(i);
    int at = ofStates.at(p, (i + 1) * rows);
    throughNorm(t, i + 1, p, norm);
    Panels gates = window.nodeGates[t][i];
    for (int j = 0; j < node.count(); j++) {
      int edge = firstEdges[i] + j;
      int to = ofStates.at(p, (node.first() + j) * rows);
      float[] values = ofStates.values();
      Gate.backward(
          window.places(t, i, j, p),
          window.mixing[edge],
          values,
          at,
          values,
          to,
          ofMixing[p][edge],
          batch() * WIDTH);
    }
    packed.pack(gates, p, 0, node.count() * rows, 0, p * WIDTH);
    packed.pack(gates, panels + p, 0, node.count() * rows, 0, (panels + p) * WIDTH);
  }

  private void toStates(int i, int from, int to, CellWeights weights) {
    CellForm.Node node = form.nodes().get(i);
    Panels matrix = weights.nodeBack(i);
    for (int j = 0; j < node.count(); j++) {
      for (int p = from; p < to; p++) {
        packed.multiply(j * groups, groups, matrix, p, products, p, j * rows, false);
        add(p, j * rows, ofStates, (node.first() + j) * rows);
      }
    }
  }

  private void first(int t, int p, Norm norm) {
    throughNorm(t, 0, p, norm);
    float[] memory = ofMemory.values();
    int to = ofMemory.at(p, 0);
    Arrays.fill(memory, to, to + batch() * WIDTH, 0);
    Gate.backward(
        window.placesOfFirst(t, p),
        CellWindow.TANH_ALONE,
        ofStates.values(),
        ofStates.at(p, 0),
        memory,
        to,
        NOT_WANTED.clone(),
        batch() * WIDTH);
    int group = t * groups;
    packedOfWords.pack(window.gates[t], p, 0, rows, group, p * WIDTH);
    packedOfWords.pack(window.gates[t], panels + p, 0, rows, group, (panels + p) * WIDTH);
  }

  private void toMemory(int t, int p, CellWeights weights) {
    packedOfWords.multiply(t * groups, groups, weights.memoryBack(), p, products, p, 0, false);
    add(p, 0, ofMemory, 0);
  }

  private void throughNorm(int t, int state, int p, Norm norm) {
    if (form.normalised()) {
      Panels states = window.states[t];
      norm.backward(
          ofStates.values(),
          ofStates.at(p, state * rows),
          states.values(),
          states.at(p, state * rows),
          batch(),
          window.scales[t],
          (state * panels + p) * WIDTH);
    }
  }

  /** Adds products, masked as what was multiplied, to rows of a gradient. */
  private void add(int p, int row, Panels to, int toRow) {
    float[] source = products.values();
    int from = products.at(p, row);
    float[] target = to.values();
    int at = to.at(p, toRow);
    int n = batch() * WIDTH;
    if (window.hiddenMask == null) {
      for (int i = 0; i < n; i++) {
        target[at + i] += source[from + i];
      }
      return;
    }
    float[] factors = window.hiddenMask.values();
    int factor = window.hiddenMask.at(p, 0);
    for (int i = 0; i < n; i++) {
      target[at + i] += source[from + i] * factors[factor + i];
    }
  }

  /** dL/d(mixing weights of functions), by edge. */
  double[][] ofMixing() {
    double[][] sum = new double[form.edges()][Gate.FUNCTIONS];
    for (double[][] ofPanel : ofMixing) {
      for (int edge = 0; edge < sum.length; edge++) {
        for (int f = 0; f < Gate.FUNCTIONS; f++) {
          sum[edge][f] += ofPanel[edge][f];
        }
      }
    }
    return sum;
  }

  /**
   * The gradients of the cell's matrices, after {@link #backward}.
   *
   * @param at where they begin in {@code target}
   */
  void writeWeights(int times, CellWeights weights, float[] target, int at) {
    int tasks = form.nodes().size() + 2;
    for (int time = 0; time < times; time += TIMES) {
      int first = time;
      int end = Math.min(time + TIMES, times);
      // the last nodes read most: they come first, so that no thread waits long for another
      matrixRanges.forEach(
          tasks, (task, from, to) -> addToMatrix(first, end, tasks - 1 - task, from, to));
    }
    parallel.forEach(tasks, i -> weights.write(gradient(i), i, target, at));
  }

  private Panels gradient(int matrix) {
    return matrix == 0 ? ofWord : matrix == 1 ? ofMemoryMatrix : ofNodes[matrix - 2];
  }

  private void addToMatrix(int first, int end, int matrix, int from, int to) {
    Panels sums = gradient(matrix);
    if (first == 0) {
      Arrays.fill(sums.values(), sums.at(from, 0), sums.at(to, 0), 0);
    }
    for (int t = first; t < end; t++) {
      if (matrix < 2) {
        Packs read = matrix == 0 ? window.wordColumns[t] : window.memoryColumns[t];
        read.addProducts(window.gates[t], from, to, 0, sums);
      } else {
        CellForm.Node node = form.nodes().get(matrix - 2);
        for (int j = 0; j < node.count(); j++) {
          window.stateColumns[t][node.first() + j].addProducts(
              window.nodeGates[t][matrix - 2], from, to, j * rows, sums);
        }
      }
    }
  }

  private int batch() {
    return window.batch;
  }
}
