package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.architecture.Genome;
import dev.fletch.report.SweepWriter;
import dev.fletch.report.draw.GenomeDrawingTest;
import dev.fletch.report.model.EvolvedSamples;
import dev.fletch.report.model.Samples;
import dev.fletch.report.model.SweepReport;
import dev.fletch.report.model.TrialReport;
import dev.fletch.report.model.TrialReport.Trial;
import dev.fletch.report.table.SweepCsv;
import dev.fletch.report.table.SweepJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Genomes have no skip connections to count, but nodes and connections. */
class SweepOfStructuresTest {
  /** Of three nodes and six connections, as far as they have an effect. */
  private static final Genome LARGE = Genome.parse(GenomeDrawingTest.LARGE);

  private static TrialReport genome(Genome genome, long seed) {
    return TrialReport.of(
        trial("neat", seed),
        Samples.of(Samples.search(2, 0.6), EvolvedSamples.candidate("last", 1, genome)));
  }

  private static Trial trial(String method, long seed) {
    return new Trial(
        "method=" + method + ",seed=" + seed,
        "method=" + method,
        Map.of("method", method),
        Map.of("search.method", method),
        seed);
  }

  private static SweepReport sweep(boolean cells) {
    List<TrialReport> trials = new ArrayList<>();
    trials.add(genome(LARGE, 0));
    trials.add(genome(EvolvedSamples.small("sep_conv_3,identity"), 1));
    if (cells) {
      trials.add(
          TrialReport.of(
              trial("darts", 0),
              Samples.of(Samples.search(2, 0.6), Samples.plain("last", 1, 1234, 0.7))));
      trials.add(TrialReport.waiting(trial("darts", 1)));
    }
    return new SweepReport("structures", "Structures", "fletch sweep a.conf", trials);
  }

  @Test
  void onlyGenomesMeanNoColumnForSkips() {
    String words = PageTest.words(SweepPage.text(sweep(false)));

    assertThat(words)
        .contains(
            "deviation over the retraining&#39;s seeds. Genome: its nodes / connections that have"
                + " an effect. Gap:")
        .contains("Search time Genome Gap Validation Status")
        .contains(" 3 / 6 – ", " 1 / 2 – ")
        .contains("2 of 2 41.0 k 7 min 43 s 2 / 4 – ")
        .contains("or of the best genome of a search by evolution.")
        .doesNotContain("Skips", "0 / 0");
  }

  /** Also leaves the page in {@code target/report-samples}, to look at. */
  @Test
  void cellsAndGenomesHaveAColumnEach() throws IOException {
    Path folder = Path.of("target", "report-samples", "structures-sweep");
    new SweepWriter(
            (file, content) -> {
              Files.createDirectories(folder.resolve(file).getParent());
              Files.write(folder.resolve(file), content);
            })
        .write(sweep(true));
    String words = PageTest.words(Files.readString(folder.resolve("report/index.html")));

    assertThat(words)
        .contains("Search time Skips Genome Gap Validation Status")
        .contains("Skips: skip connections of the normal / reduction cell. Genome: its nodes")
        .contains(" – 3 / 6 – ")
        .contains(" 2 / 3 – – ")
        .doesNotContain("0 / 0", "NaN");
  }

  @Test
  void filesLeaveOutWhatThereIsNot() throws IOException {
    String[] lines = SweepCsv.text(sweep(true)).split("\r\n");
    assertThat(lines[1])
        .startsWith("1,\"method=neat,seed=0\",neat,0,last,0.98")
        .contains(",2,41000,462.8,,,0.8")
        .endsWith(",41000.0,462.8,,,3,6,2.0,4.0");
    JsonNode trials = new ObjectMapper().readTree(SweepJson.text(sweep(true))).path("trials");
    assertThat(trials.get(0).path("skipConnections").isNull()).isTrue();
    assertThat(trials.get(0).path("genome").toString())
        .isEqualTo("{\"nodes\":3,\"connections\":6}");
    assertThat(trials.get(2).path("skipConnections").path("normal").asInt()).isEqualTo(2);
    assertThat(trials.get(2).path("genome").isNull()).isTrue();
  }
}
