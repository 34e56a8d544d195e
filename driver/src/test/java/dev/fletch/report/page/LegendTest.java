package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.report.model.EvolvedSamples;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.Samples;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LegendTest {
  private static final List<String> SUPERNETS =
      List.of(
          "Supernet and candidate",
          "Cells",
          "Collapse",
          "Lambda",
          "Alpha and temperature",
          "Discretisation gap",
          "Eigenvalue");
  private static final List<String> GENOMES =
      List.of(
          "Genome and candidate",
          "Node and ports",
          "Aggregation",
          "Disabled connections",
          "Generation",
          "Cost of a generation",
          "Family tree",
          "Innovations",
          "Species");
  private static final List<String> FIGURES =
      List.of("Spread", "Noise", "95 % confidence", "Macro averages", "Multiply-adds");

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static void explains(RunReport report, List<String>... words) {
    String page = Page.text(report, "t");
    String legend = page.substring(page.indexOf("<dl class='legend'>"));
    List<String> found =
        Pattern.compile("<dt>(.*?)</dt>").matcher(legend).results().map(m -> m.group(1)).toList();
    assertThat(found).isEqualTo(List.of(words).stream().flatMap(List::stream).toList());
  }

  @Test
  void aPageExplainsWhatItsRunHas() {
    explains(Samples.large(), SUPERNETS, FIGURES);
    explains(EvolvedSamples.run(EvolvedSamples.evolved(3, 6)), GENOMES, FIGURES);
    explains(
        Samples.of(
            Samples.search(2, 0.6),
            EvolvedSamples.candidate("given", 0, EvolvedSamples.small("attention,identity"))),
        SUPERNETS,
        GENOMES,
        FIGURES);
  }
}
