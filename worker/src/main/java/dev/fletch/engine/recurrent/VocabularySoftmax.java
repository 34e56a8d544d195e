package dev.fletch.engine.recurrent;

import static dev.fletch.engine.ProductLoops.COLUMNS;
import static dev.fletch.engine.ProductLoops.PANEL;
import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;
import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.ElementLoops;
import dev.fletch.engine.Parallel;
import dev.fletch.engine.ProductLoops;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Linear layer over a vocabulary, softmax and cross-entropy, some positions at a time: the values
 * of all words at all positions never exist together. Positions lie side by side in vectors, so a
 * softmax needs no sum across one.
 */
final class VocabularySoftmax {
  /** Positions that are worked on together, if the vocabulary leaves room for them. */
  private static final int MOST_POSITIONS = 256;

  /** Values that are worked on together. */
  private static final int VALUES = 6_000_000;

  /** Terms of a sum in single precision; sums of these are in double. */
  private static final int TERMS = 64;

  private final int vocabulary;
  private final int size;
  private final Parallel parallel;
  private final int panels;
  private final int words;
  private final int positions;

  /** The layer's matrix, {@code [V, C]}, in both forms that products read, and its gradient. */
  private final Panels matrix;

  private final Packs packedMatrix;
  private Panels ofMatrix;
  private float[] ofBias;
  private float[] bias;

  /**
   * {@code [blocks of 32 positions][V, 32]}: values of words, e to their power, their gradients.
   */
  private final Panels[] values;

  private final Packs packedValues;
  private final Panels[] inputs;
  private final float[] most = new float[MOST_POSITIONS];
  private final float[] chosen = new float[MOST_POSITIONS];
  private final double[] sums = new double[MOST_POSITIONS];

  VocabularySoftmax(int vocabulary, int size, Parallel parallel) {
    this.vocabulary = vocabulary;
    this.size = size;
    this.parallel = parallel;
    this.panels = Panels.count(size);
    this.words = Panels.padded(vocabulary);
    this.positions = positions(words);
    int blocks = positions / WIDTH;
    this.matrix = new Panels(vocabulary, size);
    this.packedMatrix = new Packs(vocabulary, size);
    this.values = CellWindow.matrices(blocks, words, WIDTH);
    this.packedValues = new Packs(words, positions);
    this.inputs = CellWindow.matrices(blocks, size, WIDTH);
  }

  private static int positions(int words) {
    return Math.max(1, Math.min(MOST_POSITIONS, VALUES / words) / WIDTH) * WIDTH;
  }

  /** How many values of words are there at once, in both forms. */
  static long values(int vocabulary) {
    return 2L * vocabulary * positions(vocabulary);
  }

  /** The sum of losses over positions, and how many words were right. */
  record Result(double lossSum, int correct) {}

  /** Takes the matrix {@code [V, C]} and the bias {@code [V]} over. */
  void take(float[] weights, int atMatrix, int atBias) {
    int groups = words / PANEL;
    parallel.forEach(
        groups,
        group -> {
          int first = group * PANEL;
          int count = Math.min(PANEL, vocabulary - first);
          matrix.write(weights, atMatrix + first * size, first, count);
          for (int p = 0; p < panels; p++) {
            packedMatrix.pack(matrix, p, first, PANEL, group, p * WIDTH);
          }
        });
    bias = Arrays.copyOfRange(weights, atBias, atBias + words);
    Arrays.fill(bias, vocabulary, words, 0);
  }

  /** The matrix, a row for each word. */
  Panels matrix() {
    return matrix;
  }

  /** Makes ready for {@link #backward}. */
  void begin() {
    if (ofMatrix == null) {
      ofMatrix = new Panels(vocabulary, size);
      ofBias = new float[words];
    }
    ofMatrix.zero();
    Arrays.fill(ofBias, 0);
  }

  /** The gradient of the matrix, a row for each word: to be added to by its other users. */
  Panels ofMatrix() {
    return ofMatrix;
  }

  float[] ofBias() {
    return ofBias;
  }

  /**
   * Losses of {@code count} positions.
   *
   * @param x a row for each position; their number made a multiple of 32
   * @param targets the word at each
   */
  Result forward(Panels x, int[] targets, int count) {
    return overBlocks(x, targets, count, null, 0, false);
  }

  /**
   * Losses and their gradients.
   *
   * @param scale of every position's loss in what is differentiated
   * @param ofX receives dL/dx
   * @param weights whether those of matrix and bias are added
   */
  Result backward(Panels x, int[] targets, int count, float scale, Panels ofX, boolean weights) {
    return overBlocks(x, targets, count, ofX, scale, weights);
  }

  /** log p of all words at each position, {@code [count, V]}. */
  float[] logProbabilities(Panels x, int count) {
    float[] all = new float[Math.multiplyExact(count, vocabulary)];
    for (int first = 0; first < count; first += positions) {
      int here = Math.min(positions, count - first);
      logits(x, first, here);
      sumUp(here, false);
      for (int n = 0; n < here; n++) {
        Panels of = values[n / WIDTH];
        double log = Math.log(sums[n]) + most[n];
        for (int v = 0; v < vocabulary; v++) {
          double value = of.values()[of.at(0, v) + n % WIDTH];
          all[(first + n) * vocabulary + v] = (float) (value - log);
        }
      }
    }
    return all;
  }

  private Result overBlocks(
      Panels x, int[] targets, int count, Panels ofX, float scale, boolean weights) {
    double loss = 0;
    int correct = 0;
    for (int first = 0; first < count; first += positions) {
      int here = Math.min(positions, count - first);
      logits(x, first, here);
      for (int n = 0; n < here; n++) {
        Panels of = values[n / WIDTH];
        chosen[n] = of.values()[of.at(0, targets[first + n]) + n % WIDTH];
      }
      sumUp(here, ofX != null);
      for (int n = 0; n < here; n++) {
        loss += Math.log(sums[n]) + most[n] - chosen[n];
        correct += chosen[n] >= most[n] ? 1 : 0;
      }
      if (ofX != null) {
        gradients(x, targets, first, here, ofX, scale, weights);
      }
    }
    return new Result(loss, correct);
  }

  /** Values of all words. */
  private void logits(Panels x, int first, int here) {
    int blocks = (here + WIDTH - 1) / WIDTH;
    parallel.forEach(blocks, block -> turn(x, first + block * WIDTH, here - block * WIDTH, block));
    parallel.forEach(
        words / PANEL,
        group -> {
          int row = group * PANEL;
          for (int block = 0; block < blocks; block++) {
            Panels to = values[block];
            for (int v = row; v < row + PANEL; v++) {
              Arrays.fill(to.values(), to.at(0, v), to.at(0, v) + WIDTH, bias[v]);
            }
            packedMatrix.multiply(group, PANEL, inputs[block], 0, to, 0, row, true);
          }
        });
  }

  /**
   * The largest value of each position, and the sum of e^(value - largest).
   *
   * @param replace whether these are written in the place of the values
   */
  private void sumUp(int here, boolean replace) {
    parallel.forEach((here + WIDTH - 1) / WIDTH, block -> sumUpBlock(block, replace));
  }

  /** Positions side by side: {@code [C, 32]}. */
  private void turn(Panels x, int first, int count, int block) {
    float[] to = inputs[block].values();
    Arrays.fill(to, 0);
    for (int n = 0; n < Math.min(WIDTH, count); n++) {
      for (int p = 0; p < panels; p++) {
        int from = x.at(p, first + n);
        int width = Math.min(WIDTH, size - p * WIDTH);
        for (int c = 0; c < width; c++) {
          to[(p * WIDTH + c) * WIDTH + n] = x.values()[from + c];
        }
      }
    }
  }

  private void sumUpBlock(int block, boolean replace) {
    float[] of = values[block].values();
    float[] lanes = new float[LANES];
    for (int c = 0; c < WIDTH; c += LANES) {
      FloatVector largest = FloatVector.fromArray(SPECIES, of, c);
      for (int v = 1; v < vocabulary; v++) {
        largest = largest.max(FloatVector.fromArray(SPECIES, of, v * WIDTH + c));
      }
      int n = block * WIDTH + c;
      largest.intoArray(most, n);
      Arrays.fill(sums, n, n + LANES, 0);
      for (int v = 0; v < vocabulary; v += TERMS) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int term = v; term < Math.min(v + TERMS, vocabulary); term++) {
          FloatVector value = FloatVector.fromArray(SPECIES, of, term * WIDTH + c);
          FloatVector power = ElementLoops.exp(value.sub(largest));
          sum = sum.add(power);
          if (replace) {
            power.intoArray(of, term * WIDTH + c);
          }
        }
        sum.intoArray(lanes, 0);
        for (int lane = 0; lane < LANES; lane++) {
          sums[n + lane] += lanes[lane];
        }
      }
    }
  }

  private void gradients(
      Panels x, int[] targets, int first, int here, Panels ofX, float scale, boolean weights) {
    int blocks = (here + WIDTH - 1) / WIDTH;
    parallel.forEach(blocks, block -> differentiate(block, targets, first, here, scale));
    // dL/dx: words are terms
    parallel.forEach(
        blocks * panels,
        task -> {
          int block = task / panels;
          int p = task % panels;
          int rows = Panels.padded(Math.min(WIDTH, here - block * WIDTH));
          multiply(values[block], rows, p, ofX, first + block * WIDTH);
        });
    if (!weights) {
      return;
    }
    // dL/d(matrix): positions are terms
    parallel.forEach(
        words / PANEL,
        group -> {
          for (int block = 0; block < blocks; block++) {
            packedValues.pack(values[block], 0, group * PANEL, PANEL, group, block * WIDTH);
          }
          addToMatrix(x, first, blocks * WIDTH, group);
        });
  }

  /**
   * e^(value - largest) becomes scale * (p - [is the target]); 0 at positions that are not there.
   */
  private void differentiate(int block, int[] targets, int first, int here, float scale) {
    float[] of = values[block].values();
    for (int c = 0; c < WIDTH; c += LANES) {
      int n = block * WIDTH + c;
      float[] factors = new float[LANES];
      for (int lane = 0; lane < LANES; lane++) {
        factors[lane] = n + lane < here ? (float) (scale / sums[n + lane]) : 0;
      }
      FloatVector factor = FloatVector.fromArray(SPECIES, factors, 0);
      for (int v = 0; v < vocabulary; v++) {
        int i = v * WIDTH + c;
        FloatVector.fromArray(SPECIES, of, i).mul(factor).intoArray(of, i);
      }
    }
    Arrays.fill(of, vocabulary * WIDTH, words * WIDTH, 0);
    for (int n = block * WIDTH; n < Math.min(here, (block + 1) * WIDTH); n++) {
      of[targets[first + n] * WIDTH + n % WIDTH] -= scale;
    }
  }

  /** dL/dx of one block and one panel. */
  private void multiply(Panels of, int rows, int p, Panels ofX, int row) {
    float[] out = ofX.values();
    for (int n = 0; n < rows; n += PANEL) {
      int to = ofX.at(p, row + n);
      Arrays.fill(out, to, to + PANEL * WIDTH, 0);
      PanelLoops.addProducts(of.values(), n, matrix.values(), matrix.at(p, 0), words, out, to);
    }
  }

  private void addToMatrix(Panels x, int first, int terms, int group) {
    int row = group * PANEL;
    float[] packed = packedValues.values();
    int at = packedValues.at(group, 0);
    for (int p = 0; p < panels; p++) {
      for (int c = 0; c < WIDTH; c += COLUMNS) {
        ProductLoops.addProducts(
            packed,
            at,
            PANEL,
            x.values(),
            x.at(p, first) + c,
            WIDTH,
            terms,
            ofMatrix.values(),
            ofMatrix.at(p, row) + c);
      }
    }
    for (int term = 0; term < terms; term++) {
      for (int v = 0; v < PANEL; v++) {
        ofBias[row + v] += packed[at + term * PANEL + v];
      }
    }
  }
}
