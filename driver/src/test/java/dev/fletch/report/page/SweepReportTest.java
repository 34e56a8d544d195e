package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.Samples;
import dev.fletch.report.model.SearchReport;
import dev.fletch.report.model.SweepReport;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.report.model.TrialReport;
import dev.fletch.report.model.TrialReport.Trial;
import dev.fletch.report.table.SweepCsv;
import dev.fletch.report.table.SweepJson;
import dev.fletch.retrain.Outcome;
import dev.fletch.search.SearchResult;
import dev.fletch.search.SkipConnections;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Order, groups and files of the leaderboard over a sweep. */
class SweepReportTest {
  private static final String EVIL = "<img src=x>";

  @Test
  void trialsAreRankedByTheirBestCandidate() {
    SweepReport sweep = sample();

    assertThat(sweep.ranked())
        .extracting(t -> t.trial().name())
        .containsExactly(
            "decay=2,seed=1", "decay=1,seed=0", "decay=1,seed=1", "decay=2,seed=0", "decay=3");
    TrialReport.Result best = sweep.ranked().get(1).result().orElseThrow();
    assertThat(best.bestCandidate()).isEqualTo("good");
    assertThat(best.testFigureMean()).isEqualTo(0.8, within(1e-12));
    assertThat(best.testFigureStd()).isEqualTo(Math.sqrt(0.02), within(1e-12));
    assertThat(best.n()).isEqualTo(2);
    assertThat(best.skips()).hasValue(new SkipConnections(2, 3));
  }

  @Test
  void trialsThatDifferInTheirSeedAloneAreOneGroup() {
    List<SweepReport.Group> groups = sample().groups();

    assertThat(groups)
        .extracting(SweepReport.Group::name)
        .containsExactly("decay=2", "decay=1", "decay=3");
    assertThat(groups.get(0).testFigureMean()).isEqualTo(0.9);
    assertThat(groups.get(0).testFigureStd()).as("of one").isNaN();
    assertThat(groups.get(0).n()).isEqualTo(1);
    assertThat(groups.get(1).testFigureMean()).isEqualTo(0.75, within(1e-12));
    assertThat(groups.get(1).testFigureStd()).isEqualTo(Math.sqrt(0.005), within(1e-12));
    assertThat(groups.get(1).n()).isEqualTo(2);
    assertThat(groups.get(2).testFigureMean()).isNaN();
  }

  @Test
  void statusSaysWhatFailed() {
    List<TrialReport> ranked = sample().ranked();

    assertThat(ranked)
        .extracting(TrialReport::status)
        .containsExactly("done", "done", "partly failed", "failed", "not run");
    assertThat(ranked.get(2).failure()).isEqualTo("bad, seed 0: no disk");
    assertThat(ranked.get(2).summary())
        .isEqualTo("trial partly failed: test accuracy 70.00 % with good (bad, seed 0: no disk)");
    assertThat(ranked.get(3).failure()).isEqualTo("diverged " + EVIL);
  }

  @Test
  void aCandidateThatWasStoppedSinceItTrailedIsNoFailure() {
    CandidateReport trailing = candidate("trailing", 0.5);
    CandidateReport stopped =
        new CandidateReport(
            trailing.candidate(),
            List.of(
                new TrainingReport(new Outcome.Stopped("trailing", 0, "behind good"), List.of())));

    TrialReport done = TrialReport.of(trial(1, 0), run(stopped, candidate("good", 0.9)));
    assertThat(done.status()).isEqualTo("done");
    assertThat(done.failure()).isEmpty();
    assertThat(done.isDone()).isTrue();
    TrialReport failed =
        TrialReport.of(trial(1, 0), run(stopped, candidate("good", 0.9, Double.NaN)));
    assertThat(failed.status()).isEqualTo("partly failed");
    assertThat(failed.failure()).isEqualTo("good, seed 1: no disk");
    assertThat(failed.hasCandidate()).isTrue();
  }

  /** The search can be gone on with: no rule has ended it. */
  @Test
  void anInterruptedSearchHasNotEndedEarly() {
    SearchReport search = Samples.search(2, 0.6);
    SearchReport interrupted =
        Samples.with(search, "darts", new SearchResult(search.epochs(), "interrupted"));
    TrialReport trial =
        TrialReport.of(trial(1, 0), Samples.of(interrupted, candidate("good", 0.9)));

    assertThat(trial.result().orElseThrow().stopReason()).isEqualTo("interrupted");
    assertThat(trial.result().orElseThrow().endedEarly()).isFalse();
    SweepReport sweep = new SweepReport("sample", "A sweep", "fletch sweep", List.of(trial));
    assertThat(SweepPage.text(sweep)).doesNotContain("search stopped");
  }

  @Test
  void csvHasAColumnForEveryVariedKey() {
    String[] lines = SweepCsv.text(sample()).split("\r\n");

    assertThat(lines[0])
        .isEqualTo(
            "rank,trial,decay,seed,bestCandidate,testAccuracyMean,testAccuracyStd,n,parameters,"
                + "searchSeconds,skipConnectionsNormal,skipConnectionsReduction,"
                + "validationAccuracy,status,failure,groupTestAccuracyMean,groupTestAccuracyStd,"
                + "groupN,method,discretisationGap,stopReason,groupParametersMean,"
                + "groupSearchSecondsMean,groupSkipConnectionsNormalMean,"
                + "groupDiscretisationGapMean,genomeNodes,genomeConnections,groupGenomeNodesMean,"
                + "groupGenomeConnectionsMean");
    assertThat(lines).hasSize(6);
    assertThat(lines[1])
        .startsWith("1,\"decay=2,seed=1\",2,1,good,0.9,,1,1234,")
        .contains(",2,3,")
        .endsWith(",done,,0.9,,1,darts,,completed,1234.0,462.8,2.0,,,,,");
    assertThat(lines[4])
        .isEqualTo(
            ",\"decay=2,seed=0\",2,0,,,,0,,,,,,failed,diverged "
                + EVIL
                + ",0.9,,1,,,,1234.0,462.8,2.0,,,,,");
    assertThat(lines[5]).isEqualTo(",decay=3,3,0,,,,0,,,,,,not run,,,,0,,,,,,,,,,,");
  }

  @Test
  void jsonHasTrialsAndGroups() throws IOException {
    JsonNode json = new ObjectMapper().readTree(SweepJson.text(sample()));

    assertThat(json.get("formatVersion").asInt()).isEqualTo(1);
    assertThat(json.at("/sweep/name").asText()).isEqualTo("sample");
    assertThat(json.at("/trials/0/values/search.alpha.weight-decay").asText()).isEqualTo("2");
    assertThat(json.at("/trials/0/labels/decay").asText()).isEqualTo("2");
    assertThat(json.at("/trials/0/testAccuracyMean").asDouble()).isEqualTo(0.9);
    assertThat(json.at("/trials/0/testAccuracyStd").isNull()).isTrue();
    assertThat(json.at("/trials/0/skipConnections/reduction").asInt()).isEqualTo(3);
    assertThat(json.at("/trials/3/failure").asText()).isEqualTo("diverged " + EVIL);
    assertThat(json.at("/trials/0/method").asText()).isEqualTo("darts");
    assertThat(json.at("/trials/0/discretisationGap").isNull()).isTrue();
    assertThat(json.at("/trials/0/stopReason").asText()).isEqualTo("completed");
    assertThat(json.at("/lambdas").size()).isZero();
    assertThat(json.at("/groups/1/parametersMean").asDouble()).isEqualTo(1234);
    assertThat(json.at("/groups/1/n").asInt()).isEqualTo(2);
    assertThat(json.at("/groups/1/trials/1").asText()).isEqualTo("decay=1,seed=1");
  }

  @Test
  void pageIsOneWellFormedFileWithLinksToTheTrials() {
    String page = SweepPage.text(sample());

    PageTest.parse(
        page.replaceFirst("<!DOCTYPE html>", "")
            .replaceAll("(?s)<script.*?</script>", "")
            .replaceAll("(?s)<style>.*?</style>", ""));
    assertThat(page)
        .contains("2 of 5 trials done. The best one, decay=2,seed=1, reaches a test accuracy of")
        .contains("<a href='../trials/decay=1,seed=0/report/index.html'>")
        .contains("diverged &lt;img")
        .doesNotContain(EVIL, "http:", "https:", "NaN");
  }

  @Test
  void trialsThatAreLevelAreAllTheBest() {
    SweepReport level =
        new SweepReport(
            "level",
            "A sweep",
            "fletch sweep",
            List.of(
                TrialReport.of(trial(1, 0), run(candidate("good", 0.9))),
                TrialReport.of(trial(2, 0), run(candidate("good", 0.9))),
                TrialReport.of(trial(3, 0), run(candidate("good", 0.8)))));
    String page = SweepPage.text(level);

    assertThat(page)
        .contains("The best ones, decay=1,seed=0 and decay=2,seed=0, reach a test accuracy of 90");
    assertThat(page.split("<tr class='best'>", -1)).hasSize(3);
  }

  /** Two seeds of decay 1, of which one failed in part; two of decay 2, one failed; one waits. */
  private static SweepReport sample() {
    return new SweepReport(
        "sample",
        "A sweep",
        "fletch sweep a.conf",
        List.of(
            TrialReport.of(trial(1, 0), run(candidate("bad", 0.5), candidate("good", 0.7, 0.9))),
            TrialReport.of(trial(1, 1), run(candidate("bad", Double.NaN), candidate("good", 0.7))),
            TrialReport.failed(trial(2, 0), "diverged " + EVIL),
            TrialReport.of(trial(2, 1), run(candidate("good", 0.9))),
            TrialReport.waiting(
                new Trial("decay=3", "decay=3", Map.of("decay", "3"), Map.of(), 0))));
  }

  private static Trial trial(int decay, long seed) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("decay", Integer.toString(decay));
    return new Trial(
        "decay=" + decay + ",seed=" + seed,
        "decay=" + decay,
        labels,
        Map.of("search.alpha.weight-decay", Integer.toString(decay)),
        seed);
  }

  private static RunReport run(CandidateReport... candidates) {
    return Samples.of(Samples.search(2, 0.6), candidates);
  }

  private static CandidateReport candidate(String id, double... accuracies) {
    return Samples.plain(id, 1, 1234, accuracies);
  }
}
