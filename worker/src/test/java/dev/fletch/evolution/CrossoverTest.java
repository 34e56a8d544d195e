package dev.fletch.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.data.SeededRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The parents are those of figure 4 in Stanley and Miikkulainen (2002). */
class CrossoverTest {
  private static final Genome FIRST = Samples.firstParent();
  private static final Genome SECOND = Samples.secondParent();
  private static final String ALL_TEN =
      "1:0>4:I,2:0>4:J:off,3:0>4:I,4:0>5:I,5:5>4:I:off,6:5>6:I,7:6>4:I,8:0>5:I,9:0>5:J,10:0>6:I";

  /** The child of the figure, whose parents are equally fit; what is disabled stays so. */
  @Test
  void ofEqualParentsAsInTheFigure() {
    Genome child = stanley(1).child(FIRST, SECOND, true, Samples.random(1));

    assertThat(child).isEqualTo(Samples.genome(nodes(SECOND), ALL_TEN));
    assertThat(stanley(0).child(FIRST, SECOND, true, Samples.random(1)))
        .isEqualTo(Samples.genome(nodes(SECOND), ALL_TEN.replace(":off", "")));
  }

  @Test
  void byStanleysRuleOtherGenesAreOfTheFitterAlone() {
    assertThat(stanley(1).child(FIRST, SECOND, false, Samples.random(1)))
        .isEqualTo(
            Samples.genome(
                nodes(FIRST), "1:0>4:I,2:0>4:J:off,3:0>4:I,4:0>5:I,5:5>4:I:off,8:0>5:I"));
    assertThat(stanley(1).child(SECOND, FIRST, false, Samples.random(1))).isEqualTo(SECOND);
  }

  @Test
  void byTheSourcesRuleAllGenesAreThereInTheStateOfTheFitter() {
    Crossover crossover = new Crossover(Samples.SOURCE, 12);

    assertThat(crossover.child(SECOND, FIRST, false, Samples.random(1)))
        .isEqualTo(Samples.genome(nodes(SECOND), ALL_TEN));
    assertThat(crossover.child(FIRST, SECOND, false, Samples.random(1)))
        .isEqualTo(Samples.genome(nodes(SECOND), ALL_TEN.replace("5:5>4:I:off", "5:5>4:I")));
  }

  /** Gene 2 is disabled in both, gene 5 in one: 75 % of the children have each disabled. */
  @Test
  void threeQuartersOfDisabledGenesStayDisabled() {
    Crossover crossover = new Crossover(Samples.STANLEY, 12);
    SeededRandom random = Samples.random(7);
    List<Genome> children =
        IntStream.range(0, 4000)
            .mapToObj(n -> crossover.child(FIRST, SECOND, true, random))
            .toList();

    // four standard deviations of 27
    for (int gene : List.of(1, 4)) {
      assertThat(children.stream().filter(c -> !c.connections().get(gene).enabled()).count())
          .isBetween(2890L, 3110L);
    }
    assertThat(children).allMatch(child -> child.connections().get(0).enabled());
  }

  @Test
  void matchingNodesAreOfEitherOrOfTheFitter() {
    Genome other = Genome.parse(FIRST.text().replace("4:add(sep", "4:multiply(sep"));
    SeededRandom random = Samples.random(3);
    Crossover stanley = new Crossover(Samples.STANLEY, 12);
    long ofOther =
        IntStream.range(0, 1000)
            .filter(n -> stanley.child(FIRST, other, false, random).node(4).equals(other.node(4)))
            .count();

    // four standard deviations of 16
    assertThat(ofOther).isBetween(436L, 564L);
    assertThat(new Crossover(Samples.SOURCE, 12).child(FIRST, other, false, random))
        .isEqualTo(FIRST);
  }

  @Test
  void aConnectionThatWouldCloseACircleIsLeftOut() {
    String nodes = NODES_IN_A_ROW;
    Genome forth = Samples.genome(nodes, "1:0>5:I,2:0>6:I,3:5>4:I,4:6>4:I,5:5>6:J");
    Genome back = Samples.genome(nodes, "1:0>5:I,2:0>6:I,3:5>4:I,4:6>4:I,6:6>5:J,7:0>4:J");
    Crossover crossover = new Crossover(Samples.SOURCE, 12);

    assertThat(crossover.child(forth, back, false, Samples.random(1)))
        .isEqualTo(Samples.genome(nodes, "1:0>5:I,2:0>6:I,3:5>4:I,4:6>4:I,5:5>6:J,7:0>4:J"));
    assertThat(crossover.child(back, forth, false, Samples.random(1))).isEqualTo(back);
  }

  private static final String NODES_IN_A_ROW =
      "4:add(sep_conv_3x3,skip_connect)|5:add(sep_conv_3x3,skip_connect)"
          + "|6:add(sep_conv_3x3,skip_connect)";

  @Test
  void beyondTheLimitNodesAreOfTheFitterAlone() {
    Genome child = new Crossover(Samples.SOURCE, 2).child(FIRST, SECOND, false, Samples.random(1));

    assertThat(child)
        .isEqualTo(
            Samples.genome(
                nodes(FIRST), "1:0>4:I,2:0>4:J:off,3:0>4:I,4:0>5:I,5:5>4:I,8:0>5:I,9:0>5:J"));
  }

  /** Disabled in one parent each, both ways to the output would be disabled in the child. */
  @Test
  void aChildThatNothingLeadsThroughKeepsTheStatesOfTheFitter() {
    String node = "4:add(sep_conv_3x3,skip_connect)";
    Genome viaI = Samples.genome(node, "1:0>4:I,2:0>4:J:off");
    Genome viaJ = Samples.genome(node, "1:0>4:I:off,2:0>4:J");

    assertThat(stanley(1).child(viaI, viaJ, false, Samples.random(1))).isEqualTo(viaI);
    assertThat(stanley(0).child(viaI, viaJ, false, Samples.random(1)))
        .isEqualTo(Samples.genome(node, "1:0>4:I,2:0>4:J"));
  }

  private static Crossover stanley(double staysDisabled) {
    return new Crossover(new CrossoverSettings(CrossoverRule.STANLEY, 1, staysDisabled), 12);
  }

  private static String nodes(Genome genome) {
    return String.join("|", genome.nodes().stream().map(NodeGene::toString).toList());
  }
}
