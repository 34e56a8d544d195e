package dev.fletch.supernet;

import dev.fletch.genotype.Operation;
import java.io.Serializable;
import java.util.List;

/**
 * Which candidate operations the edges of a supernet have. The layout of alpha and of the mixing
 * weights does not change with it; whatever an edge does not have is not built, and its mixing
 * weight has no effect.
 *
 * @param normal the operations of each edge of the normal cell; empty for all operations everywhere
 * @param reduction likewise
 */
public record OperationMask(List<List<Operation>> normal, List<List<Operation>> reduction)
    implements Serializable {
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
   * @param inReduction whether the edge is one of the reduction cell
   */
  public boolean has(boolean inReduction, int edge, Operation operation) {
    List<List<Operation>> edges = inReduction ? reduction : normal;
    return edges.isEmpty() || edges.get(edge).contains(operation);
  }
}
