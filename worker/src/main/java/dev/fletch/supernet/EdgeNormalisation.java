package dev.fletch.supernet;

import dev.fletch.architecture.CellTopology;
import dev.fletch.settings.Checks;
import java.util.Arrays;

/**
 * Weighs edges as well as operations (PC-DARTS: Xu et al., 2020, arXiv:1907.05737, equation 4): the
 * vector is alpha, then beta, one for each edge of the normal cell and of the reduction cell. With
 * q = softmax(beta) over the edges that enter one node and p = softmax(alpha / T) over the
 * operations of an edge, an edge's row of mixing weights is q p_1 ... q p_n and then q, the weight
 * of what bypasses the operations.
 *
 * @param operations candidate operations per edge: the row length of alpha
 * @param topology which edges enter one node
 */
public record EdgeNormalisation(int operations, CellTopology topology, double temperature)
    implements Relaxation {
  public EdgeNormalisation {
    new Checks()
        .atLeast("operations", operations, 1)
        .positive("temperature", temperature)
        .orThrow();
  }

  /** Edges of all kinds of cells together: how many betas follow alpha. */
  public int rows() {
    return topology.rows();
  }

  @Override
  public float[] mixing(float[] alpha) {
    checkLength(alpha);
    double[] q = edgeWeights(alpha);
    SoftmaxRows softmax = new SoftmaxRows(operations, temperature);
    float[] mixing = new float[rows() * (operations + 1)];
    for (int row = 0; row < rows(); row++) {
      double[] p = softmax.row(alpha, row * operations);
      int to = row * (operations + 1);
      for (int k = 0; k < operations; k++) {
        mixing[to + k] = (float) (q[row] * p[k]);
      }
      mixing[to + operations] = (float) q[row];
    }
    return mixing;
  }

  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    checkLength(alpha);
    SoftmaxRows.checkGradient("mixing", rows() * (operations + 1), mixingGradient);
    double[] q = edgeWeights(alpha);
    double[] dq = new double[rows()];
    SoftmaxRows softmax = new SoftmaxRows(operations, temperature);
    float[] gradient = new float[alpha.length];
    for (int row = 0; row < rows(); row++) {
      double[] p = softmax.row(alpha, row * operations);
      double[] dmixing = SoftmaxRows.row(mixingGradient, row * (operations + 1), operations + 1);
      double[] dp = new double[operations];
      dq[row] = dmixing[operations];
      for (int k = 0; k < operations; k++) {
        dp[k] = q[row] * dmixing[k];
        dq[row] += p[k] * dmixing[k];
      }
      double[] dx = softmax.backward(p, dp);
      for (int k = 0; k < operations; k++) {
        gradient[row * operations + k] = (float) dx[k];
      }
    }
    addEdgeGradient(q, dq, gradient);
    return gradient;
  }

  private double[] edgeWeights(float[] alpha) {
    double[] q = new double[rows()];
    forEachNode(
        (first, inputs) -> {
          double[] beta = SoftmaxRows.row(alpha, rows() * operations + first, inputs);
          System.arraycopy(new SoftmaxRows(inputs, 1).of(beta), 0, q, first, inputs);
        });
    return q;
  }

  private void addEdgeGradient(double[] q, double[] dq, float[] gradient) {
    forEachNode(
        (first, inputs) -> {
          double[] of = Arrays.copyOfRange(q, first, first + inputs);
          double[] dof = Arrays.copyOfRange(dq, first, first + inputs);
          double[] dbeta = new SoftmaxRows(inputs, 1).backward(of, dof);
          for (int i = 0; i < inputs; i++) {
            gradient[rows() * operations + first + i] = (float) dbeta[i];
          }
        });
  }

  private interface NodeEdges {
    void accept(int firstRow, int inputs);
  }

  private void forEachNode(NodeEdges edges) {
    for (int kind = 0; kind < topology.kinds(); kind++) {
      for (int node = 0; node < topology.nodes(); node++) {
        edges.accept(topology.row(kind, topology.firstEdge(node)), topology.inputsOf(node));
      }
    }
  }

  private void checkLength(float[] alpha) {
    int expected = rows() * (operations + 1);
    if (alpha.length != expected) {
      throw new IllegalArgumentException(
          "Cannot relax: alpha and beta need " + expected + " values, got " + alpha.length);
    }
  }
}
