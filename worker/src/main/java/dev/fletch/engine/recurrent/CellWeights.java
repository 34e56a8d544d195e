package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.Parallel;

/**
 * The matrices of a recurrent cell as products read them, forward and backward, taken from the flat
 * weights: {@code [2 C, 2 C]} for word and memory, then {@code [C, 2 C]} for each node. A product
 * is multiplied from the right; its first C columns are the gate, the others the candidate.
 */
final class CellWeights {
  private final int size;
  private final int panels;
  private final Panels word;
  private final Panels memory;
  private final Panels[] nodes;
  private final Panels wordBack;
  private final Panels memoryBack;
  private final Panels[] nodesBack;

  CellWeights(CellForm form) {
    this.size = form.size();
    this.panels = Panels.count(size);
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
    int matrix = 2 * form.size() * form.size();
    return (2 + form.nodes().size()) * matrix;
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
    int matrix = 2 * size * size;
    parallel.forEach(
        nodes.length + 2,
        i -> {
          Panels straight = i == 0 ? word : i == 1 ? memory : nodes[i - 2];
          Panels back = i == 0 ? wordBack : i == 1 ? memoryBack : nodesBack[i - 2];
          take(weights, at + i * matrix, straight, back);
        });
  }

  private void take(float[] weights, int from, Panels straight, Panels back) {
    for (int row = 0; row < size; row++) {
      for (int half = 0; half < 2; half++) {
        for (int c = 0; c < size; c++) {
          float value = weights[from + (row * 2 + half) * size + c];
          int column = half * panels * WIDTH + c;
          straight.values()[straight.at(column / WIDTH, row) + column % WIDTH] = value;
          back.values()[back.at(row / WIDTH, column) + row % WIDTH] = value;
        }
      }
    }
  }

  /** Writes a matrix of {@link #gates} to the flat form, the inverse of what {@link #take} does. */
  void write(Panels gates, float[] target, int at) {
    for (int row = 0; row < size; row++) {
      for (int half = 0; half < 2; half++) {
        int to = at + (row * 2 + half) * size;
        for (int panel = 0; panel < panels; panel++) {
          int width = Math.min(WIDTH, size - panel * WIDTH);
          int from = gates.at(half * panels + panel, row);
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
