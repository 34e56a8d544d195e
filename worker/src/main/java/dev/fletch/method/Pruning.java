package dev.fletch.method;

import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.Operation;
import dev.fletch.supernet.OperationMask;
import dev.fletch.supernet.SupernetSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes the weakest operations from every edge.
 *
 * @param mask the operations that edges have
 * @param strength mixing weights, {@code [2, edges, operations]}
 */
record Pruning(SupernetSpace space, OperationMask mask, List<Float> strength) {
  static Pruning of(SupernetSpace space, OperationMask mask, float[] strength) {
    return new Pruning(
        space, mask, IntStream.range(0, strength.length).mapToObj(i -> strength[i]).toList());
  }

  /**
   * The mask with {@code dropped} operations fewer on every edge; of equal ones the operation named
   * last goes first.
   */
  OperationMask without(int dropped) {
    return new OperationMask(cell(false, dropped), cell(true, dropped));
  }

  private List<List<Operation>> cell(boolean reduction, int dropped) {
    List<List<Operation>> edges = new ArrayList<>();
    for (int edge = 0; edge < space.topology().edges(); edge++) {
      edges.add(edge(reduction, edge, dropped));
    }
    return edges;
  }

  private List<Operation> edge(boolean reduction, int edge, int dropped) {
    List<Operation> operations = space.operations();
    int row = space.topology().row(CellStack.kind(reduction), edge) * operations.size();
    List<Integer> left =
        IntStream.range(0, operations.size())
            .filter(k -> mask.has(reduction, edge, operations.get(k)))
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -strength.get(row + k)))
            .toList();
    return left.subList(0, left.size() - dropped).stream().sorted().map(operations::get).toList();
  }
}
