package dev.fletch.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.Port;
import dev.fletch.architecture.PortGene;
import dev.fletch.data.SeededRandom;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutationTest {
  private static final PortGene SKIP = new PortGene(Operation.SKIP_CONNECT, Activation.RELU);
  private static final String NODES =
      "4:add(sep_conv_3x3,skip_connect)|5:add(max_pool_3x3,skip_connect)";
  private static final String CONNECTIONS = "1:0>4:I,2:0>4:J:off,3:0>4:I,4:0>5:I,5:5>4:I,6:0>5:I";

  /** Figure 3 of Stanley and Miikkulainen (2002): connections 1 to 6, then 7; then 8 and 9. */
  @Test
  void addsAConnectionAndANodeAsInTheFigure() {
    Genome genome = Samples.genome(NODES, CONNECTIONS);
    Numbering numbers = new Numbering(table(6, 5), 1);

    Genome connected = new Mutation.AddConnection(0, 5, Port.J).of(genome, numbers);
    Genome split = new Mutation.AddNode(3, SKIP, SKIP, Aggregation.MULTIPLY).of(genome, numbers);

    assertThat(connected.text()).isEqualTo(Samples.genome(NODES, CONNECTIONS + ",7:0>5:J").text());
    assertThat(split.text())
        .isEqualTo(
            "genome output=4 nodes=["
                + NODES
                + "|6:multiply(skip_connect+relu,skip_connect+relu)] connections=["
                + CONNECTIONS.replace("3:0>4:I", "3:0>4:I:off")
                + ",8:0>6:I,9:6>4:I]");
    assertThat(numbers.table().innovations().subList(6, 9))
        .containsExactly(
            new Innovation(7, 1, 0, 5, Port.J, 0),
            new Innovation(8, 1, 0, 6, Port.I, 3),
            new Innovation(9, 1, 6, 4, Port.I, 3));
  }

  @Test
  void theSameMutationHasTheSameNumbersInItsGenerationOnly() {
    Genome genome = Samples.genome(NODES, CONNECTIONS);
    Mutation connect = new Mutation.AddConnection(0, 5, Port.J);
    Mutation split = new Mutation.AddNode(4, SKIP, SKIP, Aggregation.ADD);
    Numbering numbers = new Numbering(table(6, 5), 1);

    Genome first = split.of(connect.of(genome, numbers), numbers);
    assertThat(split.of(connect.of(genome, numbers), numbers)).isEqualTo(first);
    assertThat(numbers.table().innovations()).hasSize(9);

    Numbering later = new Numbering(numbers.table(), 2);
    assertThat(split.of(connect.of(genome, later), later).text())
        .isEqualTo(
            "genome output=4 nodes=["
                + NODES
                + "|7:add(skip_connect+relu,skip_connect+relu)] connections=["
                + CONNECTIONS.replace("4:0>5:I", "4:0>5:I:off")
                + ",10:0>5:J,11:0>7:I,12:7>5:I]");
  }

  @Test
  void aToggledConnectionKeepsItsNumber() {
    Genome genome = Samples.genome(NODES, CONNECTIONS);
    Mutation toggle = new Mutation.ToggleConnection(2);
    Numbering numbers = new Numbering(table(6, 5), 1);

    Genome enabled = toggle.of(genome, numbers);

    assertThat(enabled.text()).isEqualTo(genome.text().replace(":off", ""));
    assertThat(toggle.of(enabled, numbers)).isEqualTo(genome);
  }

  /** Each kind alone: what it changes, and that the output is never cut off. */
  @ParameterizedTest
  @EnumSource(MutationKind.class)
  void aKindThatIsAskedForAloneIsDrawnAlone(MutationKind kind) {
    double[] only = new double[MutationKind.values().length];
    only[kind.ordinal()] = 0.5;
    MutationDraw draw =
        new MutationDraw(
            new MutationSettings(1, only[0], only[1], only[2], only[3], only[4], only[5]),
            Samples.SPACE);
    Genome genome = Samples.secondParent();
    SeededRandom random = Samples.random(kind.ordinal());
    Set<Genome> different = new HashSet<>();
    for (int n = 0; n < 400; n++) {
      Genome mutated =
          draw.perhaps(genome, random).orElseThrow().of(genome, Numbering.trial(genome));
      different.add(mutated);
      assertThat(mutated).isNotEqualTo(genome);
      assertThat(mutated.phenotype().isEmpty()).isFalse();
      assertThat(mutated.nodes()).hasSize(kind == MutationKind.ADD_NODE ? 4 : 3);
    }
    // connections could lead from 0, 5 and 6 to 4, from 0 to 5, from 0 and 5 to 6, each at I and J;
    // 8 do. Something enters 4 ports, of which that of node 4 must not become none
    Map<MutationKind, Integer> all =
        new EnumMap<>(
            Map.of(
                MutationKind.ADD_CONNECTION, 12 - 8,
                MutationKind.CHANGE_OPERATION, 4 * 7 - 1,
                MutationKind.CHANGE_ACTIVATION, 4,
                MutationKind.CHANGE_AGGREGATION, 1,
                MutationKind.TOGGLE_CONNECTION, 9));
    if (kind != MutationKind.ADD_NODE) {
      assertThat(different).hasSize(all.get(kind));
    }
  }

  @Test
  void theOnlyWayToTheOutputStays() {
    Genome genome = Samples.genome("4:add(sep_conv_3x3,none)", "1:0>4:I");
    MutationDraw toggles =
        new MutationDraw(new MutationSettings(1, 0, 0, 0, 0, 0, 1), Samples.SPACE);
    MutationDraw operations =
        new MutationDraw(new MutationSettings(1, 0, 0, 1, 0, 0, 0), Samples.SPACE);
    for (int seed = 0; seed < 100; seed++) {
      assertThat(toggles.mutation(genome, Samples.random(seed))).isEmpty();
      Genome other =
          operations
              .mutation(genome, Samples.random(seed))
              .orElseThrow()
              .of(genome, Numbering.trial(genome));
      assertThat(other.node(4).i().operation()).isNotEqualTo(Operation.NONE);
    }
  }

  @Test
  void aGenomeGrowsToTheLimitOnly() {
    GenomeSpace small =
        new GenomeSpace(
            Samples.SPACE.operations(),
            Samples.SPACE.activations(),
            Samples.SPACE.aggregations(),
            3);
    MutationDraw nodes = new MutationDraw(new MutationSettings(1, 1, 0, 0, 0, 0, 0), small);

    assertThat(nodes.mutation(Samples.secondParent(), Samples.random(1))).isEmpty();
    assertThat(nodes.mutation(Samples.firstParent(), Samples.random(1))).isPresent();
  }

  @Test
  void mutationsComeAsOftenAsSet() {
    MutationDraw draw = new MutationDraw(Samples.mutations(0.2), Samples.SPACE);
    SeededRandom random = Samples.random(5);
    long mutated =
        IntStream.range(0, 10_000)
            .filter(n -> draw.perhaps(Samples.firstParent(), random).isPresent())
            .count();

    // four standard deviations of 40
    assertThat(mutated).isBetween(1840L, 2160L);
  }

  /** Of {@code size} connections, the last of which enters node {@code node}. */
  private static InnovationTable table(int size, int node) {
    List<Innovation> innovations =
        IntStream.rangeClosed(1, size)
            .mapToObj(n -> new Innovation(n, 0, 0, node, Port.I, 0))
            .toList();
    return new InnovationTable(innovations);
  }
}
