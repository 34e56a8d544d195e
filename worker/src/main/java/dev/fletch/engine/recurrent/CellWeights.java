package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.Parallel;

/**
 * The matrices of a recurrent cell as products read them, forward and backward, taken from the flat
 * weights: {@code [2 C, 2 C]} for word and memory, or {@code [2 C, C]} without a gate, then {@code
 * [C, 2 C]} for each node. A product is multiplied from the right; its first C columns are the
 * gate, the others the candidate.
 */
final class CellWeights {
  private final int size;
  private final int panels;
  private final int halvesOfFirst;
  private final Panels word;
  private final Panels memory;
  private final Panels[] nodes;
  private final Panels wordBack;
  private final Panels memoryBack;
  private final Panels[] nodesBack;

  CellWeights(CellForm form) {
    this.size = form.size();
    this.panels = Panels.count(size);
    this.halvesOfFirst = form.halvesOfFirst();
    this.word = gates();
    this.memory = gates();
    this.wordBack = transposed();
    this.memoryBack = transposed();
    this.nodes = new Panels[form.nodes().size()];
    this.nodesBack = new Panels[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = gates();
      nodesBack[i] = transposed();
    }
  }

  /** Length of the flat weights of a cell. */
  static int count(CellForm form) {
    int square = form.size() * form.size();
    return (2 * form.halvesOfFirst() + 2 * form.nodes().size()) * square;
  }

  /** Where a matrix begins in the flat weights of a cell: those of word and memory come first. */
  int at(int matrix) {
    int square = size * size;
    return matrix < 2
        ? matrix * halvesOfFirst * square
        : (2 * halvesOfFirst + 2 * (matrix - 2)) * square;
  }

  private int halves(int matrix) {
    return matrix < 2 ? halvesOfFirst : 2;
  }

  /** A matrix whose columns are gates and candidates: panels of either begin anew. */
  Panels gates() {
    return new Panels(size, 2 * panels * WIDTH);
  }

  private Panels transposed() {
    return new Panels(2 * panels * WIDTH, size);
  }

  /** Takes the weights over, which begin at {@code at}. */
  void take(float[] weights, int at, Parallel parallel) {
    parallel.forEach(
        nodes.length + 2,
        i -> {
          Panels straight = i == 0 ? word : i == 1 ? memory : nodes[i - 2];
          Panels back = i == 0 ? wordBack : i == 1 ? memoryBack : nodesBack[i - 2];
          take(weights, at + at(i), halves(i), straight, back);
        });
  }

  private void take(float[] weights, int from, int halves, Panels straight, Panels back) {
    for (int row = 0; row < size; row++) {
      for (int half = 0; half < halves; half++) {
        for (int c = 0; c < size; c++) {
          float value = weights[from + (row * halves + half) * size + c];
          // where there is no gate, what there is is the candidate
          int column = (2 - halves + half) * panels * WIDTH + c;
          straight.values()[straight.at(column / WIDTH, row) + column % WIDTH] = value;
          back.values()[back.at(row / WIDTH, column) + row % WIDTH] = value;
        }
      }
    }
  }

  /**
   * Writes a matrix of {@link #gates} to the flat form, the inverse of what {@link #take} does.
   *
   * @param at where the cell's weights begin
   */
  void write(Panels gates, int matrix, float[] target, int at) {
    int halves = halves(matrix);
    for (int row = 0; row < size; row++) {
      for (int half = 0; half < halves; half++) {
        int to = at + at(matrix) + (row * halves + half) * size;
        for (int panel = 0; panel < panels; panel++) {
          int width = Math.min(WIDTH, size - panel * WIDTH);
          int from = gates.at((2 - halves + half) * panels + panel, row);
          System.arraycopy(gates.values(), from, target, to + panel * WIDTH, width);
        }
      }
    }
  }

  Panels word() {
    return word;
  }

  Panels memory() {
    return memory;
  }

  Panels node(int i) {
    return nodes[i];
  }

  Panels wordBack() {
    return wordBack;
  }

  Panels memoryBack() {
    return memoryBack;
  }

  Panels nodeBack(int i) {
    return nodesBack[i];
  }
}
