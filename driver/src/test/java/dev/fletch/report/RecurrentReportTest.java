package dev.fletch.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.DartsDerivation;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.PublishedRecurrentCells;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.gradient.Metrics;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.page.Page;
import dev.fletch.report.table.LeaderboardCsv;
import dev.fletch.report.table.ReportJson;
import dev.fletch.report.table.ResultTable;
import dev.fletch.supernet.SoftmaxRelaxation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The report of a run of recurrent cells whose records were written by hand. */
class RecurrentReportTest extends WrittenRun {
  private static final int EPOCHS = 24;
  private static final int EDGES = 36;
  private static final int FUNCTIONS = 5;

  private final List<RecurrentCell> found = new ArrayList<>();

  @BeforeEach
  void writeRun() throws IOException {
    write(
        "config.conf",
        """
        fletch {
          name = words
          seed = 7
          output = somewhere
          data { format = words, path = somewhere }
          search.epochs = 24
          retrain { candidates = [best-validation, DARTS_V2_RNN, ENAS_RNN, baseline-highway] }
        }
        """);
    Random random = new Random(3);
    float[] alpha = new float[EDGES * FUNCTIONS];
    StringBuilder lines = new StringBuilder();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int i = 0; i < alpha.length; i++) {
        alpha[i] += (float) (0.05 * random.nextGaussian() + (i % FUNCTIONS == 2 ? 0.02 : 0));
      }
      float[] mixing = new SoftmaxRelaxation(FUNCTIONS, 1).mixing(alpha);
      found.add(new DartsDerivation().deriveRecurrent(rows(mixing), Operation.RECURRENT, 8));
      lines.append(line(epoch, found.get(epoch))).append('\n');
      write(
          "search/alpha/epoch-%03d.json".formatted(epoch),
          "{\"formatVersion\":1,\"epoch\":%d,\"temperature\":1,\"operations\":[\"none\",\"tanh\",\"relu\",\"sigmoid\",\"identity\"],\"recurrent\":%s,\"alphaRecurrent\":%s,\"alphaMore\":[]}"
              .formatted(epoch, json(mixing), json(alpha)));
    }
    write("search/epochs.jsonl", lines.toString());
    candidate("best-validation", found.get(EPOCHS - 1), 102.4, 103.9);
    candidate("DARTS_V2_RNN", PublishedRecurrentCells.DARTS_V2.cell(), 98.2, 99.1);
    candidate("ENAS_RNN", PublishedRecurrentCells.ENAS.cell(), 108.25);
    candidate("baseline-highway", PublishedRecurrentCells.HIGHWAY.cell(), 118.5);
  }

  private static float[][] rows(float[] flat) {
    float[][] rows = new float[EDGES][FUNCTIONS];
    for (int i = 0; i < flat.length; i++) {
      rows[i / FUNCTIONS][i % FUNCTIONS] = flat[i];
    }
    return rows;
  }

  private static String json(float[] flat) {
    return java.util.Arrays.stream(rows(flat))
        .map(java.util.Arrays::toString)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String line(int epoch, RecurrentCell cell) {
    double perplexity = 100 + 700 * Math.exp(-epoch / 4.0);
    return String.format(
        Locale.ROOT,
        "{\"epoch\":%d,\"metric\":\"perplexity\",\"temperature\":1,\"trainPerplexity\":%.2f,"
            + "\"validationPerplexity\":%.2f,\"trainLoss\":%.4f,\"validationLoss\":%.4f,"
            + "\"alphaEntropy\":1.5,\"identities\":%d,\"genotype\":%s,"
            + "\"discretisedPerplexity\":%.2f,\"seconds\":2.0,\"imagesPerSecond\":100}",
        epoch,
        perplexity * 0.9,
        perplexity,
        Math.log(perplexity * 0.9),
        Math.log(perplexity),
        cell.identities(),
        cell.json(),
        perplexity * 1.3);
  }

  private void candidate(String id, RecurrentCell cell, double... perplexities) throws IOException {
    String origin = id.equals("best-validation") ? Integer.toString(EPOCHS - 1) : "null";
    write(
        "retrain/" + id + "/candidate.json",
        "{\"formatVersion\":1,\"id\":\"%1$s\",\"origins\":[{\"label\":\"%1$s\",\"epoch\":%2$s,\"lambda\":null}],\"genotype\":%3$s}"
            .formatted(id, origin, cell.json()));
    for (int seed = 0; seed < perplexities.length; seed++) {
      String folder = "retrain/" + id + "/seed-" + seed;
      write(
          folder + "/result.json",
          "{\"formatVersion\":1,\"candidate\":\"%s\",\"seed\":%d,\"status\":\"done\",\"settings\":\"d1\",\"failure\":null,\"metric\":\"perplexity\",\"testPerplexity\":%s,\"testLoss\":%s,\"parameters\":22960000,\"seconds\":12,\"epochs\":2}"
              .formatted(id, seed, perplexities[seed], Math.log(perplexities[seed])));
      write(
          folder + "/metrics.jsonl",
          "{\"epoch\":0,\"metric\":\"perplexity\",\"learningRate\":20,\"trainLoss\":6,\"trainPerplexity\":403.4,\"seconds\":5,\"imagesPerSecond\":100}\n"
              + "{\"epoch\":1,\"metric\":\"perplexity\",\"learningRate\":20,\"trainLoss\":4.6,\"trainPerplexity\":99.5,\"seconds\":5,\"imagesPerSecond\":100}\n");
    }
  }

  @Test
  void whatWasWrittenIsRead() {
    RunReport report = read();

    assertThat(report.metric()).isEqualTo(Metrics.PERPLEXITY);
    assertThat(report.search().isRecurrent()).isTrue();
    assertThat(report.search().epochs().get(5).genotype()).isEqualTo(found.get(5));
    assertThat(report.search().bestEpoch()).as("the least perplexity").hasValue(EPOCHS - 1);
    assertThat(report.search().mixing().get(0).normal()).hasSize(EDGES);
    assertThat(report.search().mixing().get(0).reduction()).isEmpty();
  }

  @Test
  void tablesNameTheCellAndRankTheLeastFirst() throws IOException {
    RunReport report = read();
    String[] csv = LeaderboardCsv.text(report.candidates(), report.metric()).split("\r\n");

    assertThat(csv[0]).contains("testPerplexityMean").endsWith(",genome,recurrent");
    assertThat(csv[1])
        .startsWith("1,DARTS_V2_RNN,,98.65")
        .contains(",done,,,")
        .endsWith("," + PublishedRecurrentCells.DARTS_V2.cell().text());
    assertThat(csv[3])
        .startsWith("3,ENAS_RNN,")
        .endsWith(",\"" + PublishedRecurrentCells.ENAS.cell().text() + "\"");
    assertThat(ResultTable.csv(report)).contains("testPerplexity").doesNotContain("Accuracy");

    JsonNode json = new ObjectMapper().readTree(ReportJson.text(report));
    JsonNode epoch = json.path("search").path("epochs").path(0);
    assertThat(epoch.path("identities").isInt()).isTrue();
    assertThat(epoch.has("skipConnections")).isFalse();
    assertThat(Architecture.read(epoch.path("genotype"), "$")).isEqualTo(found.get(0));
  }

  /** Also leaves the page in {@code target/report-samples}, to look at. */
  @Test
  void thePageSpeaksOfFunctionsAndOfPerplexity() throws IOException {
    String page = Page.text(read(), "words");
    Files.writeString(
        Files.createDirectories(Path.of("target", "report-samples")).resolve("recurrent.html"),
        page);

    assertThat(page)
        .contains("reaches a test perplexity of <b>98.65 ± 0.64</b>")
        .contains("differ by 4.50 points of perplexity; over 2 seeds")
        .contains("data-cell='recurrent'", "\"kept\":{\"recurrent\":[")
        .contains("<td class='n'>+30.67</td>") // the gap, a cost
        .contains("Identity functions of the cell", "State 0 is made of the word")
        .contains("class='op op-relu'", "class='op op-sigmoid'", "class='op op-tanh'")
        .contains(">h<tspan class='index' dy='3'>t</tspan>")
        .contains("<title>0 → 1, tanh: 0.")
        .contains("Each block is a stretch of epochs with the same function.")
        .contains("<text class='edge-name' x='74' y='228' text-anchor='end'>state 8</text>")
        .contains(
            "the gap is what that costs, in points of perplexity", "<th class='n'>Identities</th>")
        .doesNotContain(
            "accuracy", "ccuracy", " %</", "normal cell", "Skip connections", "Macro F1");
  }
}
