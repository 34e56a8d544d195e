package dev.fletch.search;

import java.util.List;

/**
 * Mixing weights of operations after an epoch.
 *
 * @param operations names of the columns
 * @param normal of the normal cell, or of the only kind of cell there is, {@code
 *     [edges][operations]}, edges numbered node by node, then by input; rows sum to 1 under a
 *     softmax
 * @param reduction of the reduction cell, {@code [edges][operations]}; empty beside a recurrent
 *     cell
 */
public record MixingWeights(
    int epoch,
    double temperature,
    List<String> operations,
    List<List<Double>> normal,
    List<List<Double>> reduction) {
  public MixingWeights {
    operations = List.copyOf(operations);
    normal = rectangle(normal, operations.size(), "normal");
    reduction = rectangle(reduction, operations.size(), "reduction");
  }

  private static List<List<Double>> rectangle(List<List<Double>> rows, int columns, String cell) {
    for (List<Double> row : rows) {
      if (row.size() != columns) {
        throw new IllegalArgumentException(
            "%s has a row of %s for %s"
                .formatted(cell, counted(row.size(), "number"), counted(columns, "operation")));
      }
    }
    return rows.stream().map(List::copyOf).toList();
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
