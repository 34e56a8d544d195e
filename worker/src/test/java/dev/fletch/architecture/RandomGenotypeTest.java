package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomGenotypeTest {
  private static final int NODES = 4;
  private static final int DRAWS = 2000;
  private static final String FIRST =
      "normal=[skip_connect:0,skip_connect:1|avg_pool_3x3:1,max_pool_3x3:2] "
          + "reduction=[skip_connect:0,skip_connect:1|max_pool_3x3:1,skip_connect:2]";

  /** Results that were published with a number must be found again with it. */
  @Test
  void isAFunctionOfSeedAndNumber() {
    assertThat(RandomGenotype.of(3, 1, 2, Operation.DARTS))
        .isEqualTo(RandomGenotype.of(3, 1, 2, Operation.DARTS))
        .isNotEqualTo(RandomGenotype.of(3, 2, 2, Operation.DARTS))
        .isNotEqualTo(RandomGenotype.of(4, 1, 2, Operation.DARTS));
    assertThat(RandomGenotype.of(0, 0, 2, Operation.DARTS)).hasToString(FIRST);
  }

  @Test
  void everyNodeHasTwoDifferentInputsAndNoNone() {
    Set<CellPair> different = new HashSet<>();
    for (int i = 0; i < DRAWS; i++) {
      CellPair genotype = RandomGenotype.of(0, i, NODES, Operation.DARTS);
      different.add(genotype);
      assertThat(genotype.nodes()).isEqualTo(NODES);
      for (List<Gene> genes : genotype.normal().nodes()) {
        assertThat(genes).hasSize(2);
        assertThat(genes.get(0).input()).isLessThan(genes.get(1).input());
      }
    }
    assertThat(different).hasSize(DRAWS);
  }

  @Test
  void operationsAndInputsAreAllAlike() {
    Map<Operation, Integer> operations = new HashMap<>();
    int[] inputs = new int[NODES + 1];
    for (int i = 0; i < DRAWS; i++) {
      CellPair genotype = RandomGenotype.of(1, i, NODES, Operation.DARTS);
      for (List<Gene> genes : genotype.reduction().nodes()) {
        genes.forEach(gene -> operations.merge(gene.operation(), 1, Integer::sum));
      }
      genotype.normal().nodes().get(NODES - 1).forEach(gene -> inputs[gene.input()]++);
    }
    // 16,000 genes over seven operations, and 4,000 of the last node over five inputs: five sigma
    assertThat(operations).hasSize(Operation.DARTS.size() - 1);
    operations.values().forEach(n -> assertThat(n).isBetween(2286 - 222, 2286 + 222));
    for (int n : inputs) {
      assertThat(n).isBetween(800 - 130, 800 + 130);
    }
  }

  @Test
  void aSpaceWithoutOperationsIsRefused() {
    assertThatThrownBy(() -> RandomGenotype.of(0, 0, 1, List.of(Operation.NONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no operation but none");
  }
}
