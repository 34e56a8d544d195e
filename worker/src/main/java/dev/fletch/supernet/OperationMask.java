package dev.fletch.supernet;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Operation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which candidate operations the edges of a supernet have. The layout of alpha and of the mixing
 * weights does not change with it; whatever an edge does not have is not built, and its mixing
 * weight has no effect.
 *
 * @param normal the operations of each edge of the normal cell; empty for all operations everywhere
 * @param reduction the operations of each edge of the reduction cell; empty for all operations
 *     everywhere
 */
public record OperationMask(List<List<Operation>> normal, List<List<Operation>> reduction)
    implements Serializable {
  /** The normal and the reduction cell, which are the same where there is one kind. */
  private static final int CELLS = 2;

  /** Every edge has every operation of the space. */
  public static final OperationMask ALL = new OperationMask(List.of(), List.of());

  public OperationMask {
    normal = normal.stream().map(List::copyOf).toList();
    reduction = reduction.stream().map(List::copyOf).toList();
    if (normal.isEmpty() != reduction.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid operation mask: it must be given for both kinds of cells or for none");
    }
  }

  /**
   * 1 for each operation that an edge has, 0 for the others, in the layout of alpha with two kinds
   * of cells; where there is one, it stands there twice.
   *
   * @param operations of the space
   * @throws IllegalStateException if every edge has every operation: then it takes no vector
   */
  public float[] toVector(List<Operation> operations) {
    if (normal.isEmpty()) {
      throw new IllegalStateException("This mask names no edges: it holds for any number of them");
    }
    float[] vector = new float[(normal.size() + reduction.size()) * operations.size()];
    int at = 0;
    for (boolean inReduction : new boolean[] {false, true}) {
      for (int edge = 0; edge < normal.size(); edge++) {
        for (Operation operation : operations) {
          vector[at++] = has(inReduction, edge, operation) ? 1 : 0;
        }
      }
    }
    return vector;
  }

  /** How long the vector of {@link #toVector} is. */
  public static int vectorLength(List<Operation> operations, CellTopology topology) {
    return CELLS * topology.edges() * operations.size();
  }

  /** Reads what {@link #toVector} writes. */
  public static OperationMask ofVector(
      float[] vector, List<Operation> operations, CellTopology topology) {
    int cell = topology.edges() * operations.size();
    return new OperationMask(
        rows(vector, 0, cell, operations), rows(vector, cell, cell, operations));
  }

  private static List<List<Operation>> rows(
      float[] vector, int from, int length, List<Operation> operations) {
    List<List<Operation>> rows = new ArrayList<>();
    for (int row = from; row < from + length; row += operations.size()) {
      List<Operation> kept = new ArrayList<>();
      for (int k = 0; k < operations.size(); k++) {
        if (vector[row + k] > 0) {
          kept.add(operations.get(k));
        }
      }
      rows.add(kept);
    }
    return rows;
  }

  /**
   * @param inReduction whether the edge is one of the reduction cell
   */
  public boolean has(boolean inReduction, int edge, Operation operation) {
    List<List<Operation>> edges = inReduction ? reduction : normal;
    return edges.isEmpty() || edges.get(edge).contains(operation);
  }

  /**
   * @param row of alpha: the edges of the normal cell, then those of the reduction cell
   */
  boolean has(int row, Operation operation) {
    boolean inReduction = row >= normal.size();
    return has(inReduction, inReduction ? row - normal.size() : row, operation);
  }
}
