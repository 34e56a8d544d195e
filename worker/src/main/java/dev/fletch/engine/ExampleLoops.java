package dev.fletch.engine;

/** What is done to the columns of one example in a row of all. */
final class ExampleLoops {
  private ExampleLoops() {}

  /** Copies the values of an example. */
  static void take(float[] row, Examples examples, int n, float[] values, int to) {
    int length = examples.length(n);
    int first = examples.column(n, 0);
    int step = examples.step();
    for (int i = 0; i < length; i++) {
      values[to + i] = row[first + i * step];
    }
  }

  /** Puts the values of an example where they belong. */
  static void give(float[] values, int from, Examples examples, int n, float[] row) {
    int length = examples.length(n);
    int first = examples.column(n, 0);
    int step = examples.step();
    for (int i = 0; i < length; i++) {
      row[first + i * step] = values[from + i];
    }
  }

  static void add(float value, Examples examples, int n, float[] row) {
    int length = examples.length(n);
    int first = examples.column(n, 0);
    int step = examples.step();
    for (int i = 0; i < length; i++) {
      row[first + i * step] += value;
    }
  }

  /** A value times 0 is 0 without a sign. */
  static void scale(float factor, Examples examples, int n, float[] row) {
    int length = examples.length(n);
    int first = examples.column(n, 0);
    int step = examples.step();
    for (int i = 0; i < length; i++) {
      row[first + i * step] = row[first + i * step] * factor + 0f;
    }
  }
}
