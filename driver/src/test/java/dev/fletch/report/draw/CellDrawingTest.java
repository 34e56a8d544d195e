package dev.fletch.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.report.draw.CellLayout.Box;
import dev.fletch.report.model.Samples;
import dev.fletch.report.page.PageTest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CellDrawingTest {
  private static final String CHAIN =
      "sep_conv_3x3:0,sep_conv_3x3:1|skip_connect:0,dil_conv_5x5:2|"
          + "max_pool_3x3:1,sep_conv_5x5:3|skip_connect:0,dil_conv_3x3:4";

  static Stream<CellGenotype> cells() {
    Stream<String> texts =
        Stream.of(
            Samples.NORMAL,
            Samples.REDUCTION,
            CHAIN,
            "skip_connect:0,skip_connect:0",
            "sep_conv_3x3:0||skip_connect:2,sep_conv_7x7:1,sep_conv_7x7:3",
            "|sep_conv_3x3:2|skip_connect:1,max_pool_3x3:3|dil_conv_3x3:4",
            "|||");
    Stream<CellGenotype> searched =
        Samples.search(15, 0.6).epochs().stream()
            .flatMap(e -> CellPair.of(e.genotype()).cells().stream());
    return Stream.concat(texts.map(CellGenotype::parse), searched);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void noBoxOrLineCoversAnother(CellGenotype cell) {
    CellLayout layout = CellLayout.of(CellGraph.of(cell));
    List<Box> boxes = new ArrayList<>(layout.boxes().values());
    for (int a = 0; a < boxes.size(); a++) {
      assertThat(boxes.get(a).left()).isNotNegative();
      assertThat(boxes.get(a).right()).isLessThanOrEqualTo(layout.width());
      for (int b = a + 1; b < boxes.size(); b++) {
        assertThat(boxes.get(a).overlaps(boxes.get(b))).as("%s", cell).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyGeneHasItsLabelAndEveryNodeItsBox(CellGenotype given) {
    CellGenotype cell = given.connected();
    String svg = CellDrawing.svg(given, "Normal cell").html();
    PageTest.parse(svg);
    List<String> genes =
        cell.nodes().stream().flatMap(List::stream).map(g -> g.operation().text()).toList();
    for (String operation : genes) {
      assertThat(occurrences(svg, ">" + operation + "</text>"))
          .isEqualTo(genes.stream().filter(operation::equals).count());
    }
    IntStream.range(0, cell.nodes().size())
        .forEach(
            node ->
                assertThat(svg.contains(">" + node + "</text>"))
                    .as("isolated nodes are no part of the cell")
                    .isEqualTo(!cell.nodes().get(node).isEmpty()));
    long nodes = cell.nodes().stream().filter(n -> !n.isEmpty()).count();
    assertThat(svg).contains(">k−2<", ">k−1<", ">k<");
    assertThat(occurrences(svg, "<path class='head")).isEqualTo(genes.size() + nodes);
  }

  @Test
  void tellsSkipConnectionsApart() {
    String svg = CellDrawing.svg(CellGenotype.parse("skip_connect:0,sep_conv_3x3:1"), "x").html();
    assertThat(svg).contains("class='edge op-skip'", "class='op op-skip'", "class='edge op-sep'");
  }

  private static long occurrences(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1L;
  }
}
