package dev.fletch.supernet;

import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.CellTopology;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * The layout of alpha, which the mixing weights share: a flat vector of the first kind of cell's
 * {@code [edges, operations]} row by row, then the others': normal and reduction cell, or one kind.
 * All cells of a kind share one alpha.
 *
 * @param topology which numbers the rows
 * @param operations candidate operations of an edge
 */
public record ArchitectureParameters(CellTopology topology, int operations) {
  private static final double INITIAL_SCALE = 1e-3;

  /** Keeps alpha's draw apart from the other draws made with the same seed. */
  private static final long ALPHA_STREAM = 0x616c_7068_61L;

  public static ArchitectureParameters of(SupernetSpace space) {
    return new ArchitectureParameters(space.topology(), space.operations().size());
  }

  /** Length of the flat vector. */
  public int count() {
    return topology.rows() * operations;
  }

  /** A fresh alpha: 1e-3 * N(0, 1), a function of {@code seed} alone. */
  public float[] initial(long seed) {
    return initial(seed, count());
  }

  /**
   * A fresh vector of {@code length} values, 1e-3 * N(0, 1), a function of {@code seed}: alpha
   * first, then what is trained beside it.
   */
  public static float[] initial(long seed, int length) {
    Random random = new Random(new SplittableRandom(seed ^ ALPHA_STREAM).nextLong());
    float[] alpha = new float[length];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = (float) (INITIAL_SCALE * random.nextGaussian());
    }
    return alpha;
  }

  /**
   * The normal cell's rows of {@code values}, copied: {@code [edges][operations]}; those of the
   * only kind of cell where there is one.
   */
  public float[][] normal(float[] values) {
    return rows(values, CellStack.kind(false));
  }

  /**
   * The reduction cell's rows of {@code values}, copied: {@code [edges][operations]}; those of the
   * only kind of cell where there is one.
   */
  public float[][] reduction(float[] values) {
    return rows(values, CellStack.kind(true));
  }

  /**
   * How undecided the mixing weights are, in nats: 0 when every edge has one operation,
   * ln(operations) when all are equal.
   *
   * @param normal mean over the normal cell's edges
   * @param reduction mean over the reduction cell's edges
   * @param overall mean over the edges of both
   */
  public record Entropy(double normal, double reduction, double overall) {}

  /**
   * Entropy of {@code mixing}, the mixing weights (not alpha). Rows that do not sum to 1, as those
   * of a sigmoid, are divided by their sum first; a row of zeros is decided.
   */
  public Entropy entropy(float[] mixing) {
    double normal = meanEntropy(normal(mixing));
    double reduction = meanEntropy(reduction(mixing));
    return new Entropy(normal, reduction, (normal + reduction) / 2);
  }

  private float[][] rows(float[] values, int kind) {
    int edges = topology.edges();
    if (values.length != count()) {
      throw new IllegalArgumentException(
          "Cannot split "
              + values.length
              + " values into "
              + topology.kinds()
              + " cells of "
              + edges
              + " edges and "
              + operations
              + " operations: "
              + count()
              + " are needed");
    }
    float[][] rows = new float[edges][];
    for (int edge = 0; edge < edges; edge++) {
      int from = topology.row(kind, edge) * operations;
      rows[edge] = Arrays.copyOfRange(values, from, from + operations);
    }
    return rows;
  }

  private static double meanEntropy(float[][] rows) {
    double sum = 0;
    for (float[] row : rows) {
      double total = 0;
      for (float weight : row) {
        total += weight;
      }
      for (float weight : row) {
        double p = weight / total;
        // p ln p tends to 0 with p
        sum -= p > 0 ? p * Math.log(p) : 0;
      }
    }
    return sum / rows.length;
  }
}
