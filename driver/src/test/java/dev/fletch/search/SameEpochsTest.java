package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.architecture.CellPair;
import dev.fletch.cli.progress.Progress;
import dev.fletch.cli.progress.ProgressLines;
import dev.fletch.cli.progress.SearchProgress;
import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.gradient.Metrics;
import dev.fletch.method.PcDarts;
import dev.fletch.report.ReportWriter;
import dev.fletch.report.RunReportReader;
import dev.fletch.report.model.RunReport;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidates;
import dev.fletch.retrain.Outcome;
import dev.fletch.retrain.Retraining;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever says something of a search means the same epochs: the console, {@code
 * search/result.json}, the candidates, {@code report.json} and the page.
 */
class SameEpochsTest {
  private static final String CONFIG =
      """
      fletch {
        name = same
        output = somewhere
        data { format = idx, path = "bundled:fashion-mnist" }
        space.nodes = 2
        search { epochs = 6 }
        retrain { candidates = [best-validation, last, before-collapse], seeds = [0] }
      }
      """;

  /** Two stages: the epochs 3 to 5 are of the last one, whose first epoch is a warm-up. */
  private static final List<String> P_DARTS =
      List.of(
          "search.method={name=p-darts, added-layers=[0, 1], dropped-operations=[3],"
              + " skip-dropout=[0.3, 0.5], warm-up=1}");

  @TempDir Path temporary;

  private final StringWriter console = new StringWriter();
  private RunFolder run;

  @BeforeEach
  void create() {
    run = RunFolder.create(temporary.resolve("run").toString(), new Configuration());
    run.writeText(RunFolder.CONFIG, CONFIG);
  }

  /** What the epochs of a search are known by. */
  private record Named(int best, int last, OptionalInt beforeCollapse) {}

  /**
   * The first stage reaches a higher accuracy with its shallow supernet, and the warm-up of the
   * second collapses.
   */
  @Test
  void epochsOfOtherStagesDoNotCount() throws IOException {
    RunConfig config = RunConfigLoader.load("same.conf", CONFIG, P_DARTS);
    List<EpochRecord> records = stages();
    SearchResult result = SearchResult.of(records, 6, config.searchPlan().comparableFrom());
    write(records);
    SearchEnd.write(run, config.search(), result);
    try (Progress progress = new ProgressLines(new PrintWriter(console), () -> 0)) {
      new SearchProgress(progress, 6).searchDone(result);
    }

    assertSame(config, new Named(4, 5, OptionalInt.of(4)));
    assertThat(console.toString())
        .isEqualToIgnoringNewLines(
            "search: done: the best validation accuracy is 0.6500, of epoch 4; the last epoch is 5,"
                + " the one before a collapse is epoch 4");
  }

  /** The search has not said yet which epochs compare: the method does. */
  @Test
  void theyDoNotCountBeforeTheSearchHasEndedEither() throws IOException {
    RunConfig config = RunConfigLoader.load("same.conf", CONFIG, P_DARTS);
    write(stages().subList(0, 5));

    Named named = new Named(4, 4, OptionalInt.empty());
    assertReported(config, named);
    assertThat(run.readText("report/index.html"))
        .contains("The search was interrupted after epoch 4.");
  }

  /** Alpha is trained from epoch 3 on, so the rule looks from there on. */
  @Test
  void aSearchThatARuleStopsNamesTheSameEpochsEverywhere() throws IOException {
    RunConfig config = RunConfigLoader.load("same.conf", CONFIG, List.of());
    SearchPlan plan = Toys.plan(new PcDarts(2, 3), 6, Toys.ADAM, new StopRule.SkipConnections(3));
    SearchResult result;
    try (Progress progress = new ProgressLines(new PrintWriter(console), () -> 0)) {
      SearchProgress listener = new SearchProgress(progress, 6);
      result = new SupernetSearch(plan, Toys::source, run, listener).run();
    }

    assertThat(result.endedEarly()).isTrue();
    assertThat(result.lastEpoch()).isBetween(3, 4);
    Named named =
        new Named(result.bestEpoch(), result.lastEpoch(), OptionalInt.of(result.lastEpoch() - 1));
    assertSame(config, named);
    assertThat(run.readText("report/index.html"))
        .contains("The search stopped early, after epoch " + named.last() + ".")
        .contains("The candidate before-collapse is epoch " + (named.last() - 1) + ".");
    assertThat(console.toString())
        .contains("search ends after epoch " + named.last() + ": " + result.stopReason())
        .contains(", of epoch " + named.best() + "; the last epoch is " + named.last())
        .contains(", the one before a collapse is epoch " + (named.last() - 1));
  }

  private static List<EpochRecord> stages() {
    String plain = "sep_conv_3x3:0,sep_conv_5x5:1";
    String skips = "skip_connect:0,skip_connect:1";
    return List.of(
        record(0, 0.9, plain, true),
        record(1, 0.8, plain, true),
        record(2, 0.7, plain, true),
        record(3, 0.6, skips, false),
        record(4, 0.65, plain, true),
        record(5, 0.64, skips, true));
  }

  private static EpochRecord record(int epoch, double accuracy, String normal, boolean trained) {
    CellPair genotype =
        CellPair.parse(
            "normal=[%s|max_pool_3x3:%d] reduction=[max_pool_3x3:0|avg_pool_3x3:1]"
                .formatted(normal, epoch % 3));
    Watch watch =
        new Watch(Double.NaN, Double.NaN, List.of(), List.of(), trained ? "ranking" + epoch : "");
    return new EpochRecord(
        epoch, 1, Metrics.DEFAULT, 0.5, accuracy, 1, 1, 2, genotype, 3, 4, watch);
  }

  private void write(List<EpochRecord> records) {
    run.writeLines(SearchResult.EPOCHS_FILE, records.stream().map(EpochRecord::toJson).toList());
  }

  private void assertSame(RunConfig config, Named named) throws IOException {
    JsonNode end = json(SearchResult.RESULT_FILE);
    assertThat(end.get("bestEpoch").asInt()).isEqualTo(named.best());
    assertThat(end.get("stopEpoch").asInt()).isEqualTo(named.last());
    assertThat(end.get("beforeCollapse").asInt()).isEqualTo(named.beforeCollapse().getAsInt());
    assertReported(config, named);
  }

  private void assertReported(RunConfig config, Named named) throws IOException {
    int before = named.beforeCollapse().orElse(named.last());
    Map<String, Integer> epochs =
        Map.of("best-validation", named.best(), "last", named.last(), "before-collapse", before);
    List<Candidate> candidates = candidates(config);
    for (Candidate candidate : candidates) {
      for (Candidate.Origin origin : candidate.origins()) {
        assertThat(origin.epoch()).as(origin.label()).hasValue(epochs.get(origin.label()));
      }
    }
    describe(config, candidates);
    RunReport report =
        new RunReportReader(run, config.name(), config.searchPlan(), config.retrain()).read();
    new ReportWriter(run::writeBytes).write(report, "");

    JsonNode search = json("report/report.json").get("search");
    assertThat(search.get("bestEpoch").asInt()).isEqualTo(named.best());
    assertThat(search.get("epochs")).hasSize(named.last() + 1);
    assertThat(epoch(search.get("beforeCollapse"))).isEqualTo(named.beforeCollapse());
    List<Integer> reported = new ArrayList<>();
    for (JsonNode candidate : json("report/report.json").get("candidates")) {
      reported.add(candidate.at("/origin/epoch").asInt());
    }
    assertThat(epochs.values()).containsAll(reported);
    assertThat(reported).hasSize(candidates.size());
    assertMarked(named.best(), "best validation");
    assertMarked(named.last(), "last");
    named.beforeCollapse().ifPresent(epoch -> assertMarked(epoch, "before collapse"));
  }

  private List<Candidate> candidates(RunConfig config) {
    return Candidates.of(
        () -> SearchResult.read(run, config.searchPlan()),
        config.retrain().candidates(),
        config.supernet(),
        config.seed(),
        line -> {});
  }

  /** As a retraining does whose trainings all fail. */
  private void describe(RunConfig config, List<Candidate> candidates) {
    new Retraining(
            config.retrain(),
            config.data(),
            ResultKeys.of(Map.of()),
            run,
            (jobs, parallel, ended) ->
                jobs.stream()
                    .<Outcome>map(job -> new Outcome.Failed(job.candidate(), job.seed(), "no disk"))
                    .toList(),
            line -> {})
        .run(candidates);
  }

  /** In the table of epochs: a row's number, then all that the epoch is known by. */
  private void assertMarked(int epoch, String mark) {
    assertThat(run.readText("report/index.html").replaceAll("\\s+", " "))
        .as("epoch %d of the page", epoch)
        .containsPattern(
            "<td class='n'>"
                + epoch
                + "</td><td>(<span class='[a-z ]+'>[a-z ]+</span> ?)*?"
                + "<span class='tag'>"
                + mark
                + "</span>");
  }

  private static OptionalInt epoch(JsonNode json) {
    return json.isNull() ? OptionalInt.empty() : OptionalInt.of(json.asInt());
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(run.readText(name));
  }
}
