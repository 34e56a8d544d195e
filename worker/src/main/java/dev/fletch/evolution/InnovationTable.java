package dev.fletch.evolution;

import java.io.Serializable;
import java.util.List;

/**
 * All connections ever made, in one sequence over all genomes.
 *
 * @param innovations numbered from 1 on without gaps
 */
public record InnovationTable(List<Innovation> innovations) implements Serializable {
  public InnovationTable {
    innovations = List.copyOf(innovations);
    for (int n = 0; n < innovations.size(); n++) {
      if (innovations.get(n).number() != n + 1) {
        throw new IllegalArgumentException(
            "Invalid innovations: number %d stands where %d must"
                .formatted(innovations.get(n).number(), n + 1));
      }
    }
  }

  /** The highest key that a node has got. */
  int lastNode() {
    return innovations.stream().mapToInt(i -> Math.max(i.from(), i.to())).max().orElse(0);
  }
}
