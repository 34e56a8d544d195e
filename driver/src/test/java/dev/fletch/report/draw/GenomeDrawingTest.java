package dev.fletch.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Port;
import dev.fletch.report.draw.CellLayout.Box;
import dev.fletch.report.page.PageTest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

public class GenomeDrawingTest {
  /** Node 4 reads node 2 alone and leads nowhere; connection 2 is disabled. */
  public static final String LARGE =
      "genome output=3 nodes=[1:add(sep_conv_3+relu,none)|2:multiply(attention,max_pool_3+tanh)"
          + "|3:add(identity,dil_conv_5+sigmoid)|4:add(sep_conv_1,avg_pool_5)]"
          + " connections=[1:0>1:I,2:0>1:J:off,3:1>2:I,4:0>2:J,5:2>3:I,6:0>3:J,7:1>3:J,8:2>4:I]";

  static Stream<Genome> genomes() {
    return Stream.of(
            LARGE,
            "genome output=1 nodes=[1:add(attention,identity)] connections=[1:0>1:I,2:0>1:J]",
            "genome output=1 nodes=[1:add(none,none)] connections=[]",
            "genome output=2 nodes=[1:add(identity,identity)|2:add(identity,identity)]"
                + " connections=[1:0>2:I,2:0>2:J,3:2>1:I,4:0>1:J]")
        .map(Genome::parse);
  }

  @ParameterizedTest
  @MethodSource("genomes")
  void noBoxOrLineCoversAnother(Genome genome) {
    CellLayout layout = CellLayout.of(GenomeGraph.of(genome).graph());
    List<Box> boxes = new ArrayList<>(layout.boxes().values());
    for (int a = 0; a < boxes.size(); a++) {
      assertThat(boxes.get(a).left()).isNotNegative();
      assertThat(boxes.get(a).right()).isLessThanOrEqualTo(layout.width());
      for (int b = a + 1; b < boxes.size(); b++) {
        assertThat(boxes.get(a).overlaps(boxes.get(b))).as("%s", genome).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("genomes")
  void everyNodeHasBothPortsAndEveryEnabledConnectionItsLine(Genome genome) {
    String svg = GenomeDrawing.svg(genome, "Genome").html();
    PageTest.parse(svg);
    assertThat(occurrences(svg, "<g class='gene ")).isEqualTo(genome.nodes().size());
    assertThat(occurrences(svg, "<g class='op port ")).isEqualTo(2L * genome.nodes().size());
    for (NodeGene node : genome.nodes()) {
      assertThat(svg).contains(">" + node.key() + "</text>");
      assertThat(svg)
          .contains("'>I </tspan>" + node.i().operation())
          .contains("'>J </tspan>" + node.j().operation());
    }
    long enabled = genome.connections().stream().filter(c -> c.enabled()).count();
    assertThat(occurrences(svg, "<path class='head")).as("one more: output").isEqualTo(enabled + 1);
  }

  @Test
  void showsActivationsSignsColoursAndWhatHasNoEffect() {
    String svg = GenomeDrawing.svg(Genome.parse(LARGE), "Genome").html();

    assertThat(svg)
        .contains("sep_conv_3<tspan class='activation'> relu</tspan>")
        .contains("max_pool_3<tspan class='activation'> tanh</tspan>")
        .contains("class='op port op-attention'", "class='op port op-pool'")
        .contains("class='op port op-dil'", "class='op port op-skip'")
        .contains("class='edge op-skip'", "class='edge op-sep idle'", "<g class='gene idle'>");
    assertThat(occurrences(svg, ">×</text>")).isEqualTo(1);
    assertThat(occurrences(svg, ">+</text>")).isEqualTo(3);
    assertThat(occurrences(svg, "<g class='gene idle'>")).isEqualTo(1);
  }

  @Test
  void connectionsEnterThePortTheyAreOf() {
    GenomeGraph graph =
        GenomeGraph.of(
            Genome.parse(
                "genome output=1 nodes=[1:add(attention,identity)] connections=[1:0>1:I,2:0>1:J]"));
    CellLayout layout = CellLayout.of(graph.graph());
    Box node = layout.boxes().get(1);

    assertThat(graph.wires())
        .extracting(GenomeGraph.Wire::port)
        .containsExactly(Port.I, Port.J, null);
    assertThat(GenomeNodeBox.portY(node, Port.I)).isBetween(node.y() - node.height() / 2, node.y());
    assertThat(GenomeNodeBox.portY(node, Port.J)).isBetween(node.y(), node.y() + node.height() / 2);
  }

  private static long occurrences(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1L;
  }
}
