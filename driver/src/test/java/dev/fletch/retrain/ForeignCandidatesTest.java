package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignCandidatesTest {
  private static final CellPair THIRD =
      CellPair.parse(
          "normal=[dil_conv_3x3:0,skip_connect:1] reduction=[max_pool_3x3:0,skip_connect:1]");
  private static final Candidate GOOD =
      new Candidate("good", List.of(Origin.ofEpoch("good", 0)), ToyJobs.FIRST);
  private static final Candidate LAST =
      new Candidate("last", List.of(Origin.ofEpoch("last", 2)), ToyJobs.SECOND);

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private RunFolder run;

  @BeforeEach
  void create() {
    run = RunFolder.create(folder.resolve("run").toString(), new Configuration());
    run.writeText(RunFolder.CONFIG, "fletch {}");
  }

  @Test
  void anEpochOfTheSearchIsTakenByItsNumber() {
    search();

    assertThat(found("epoch-0")).isEqualTo(ToyJobs.FIRST);
    assertThat(found("epoch-1")).isEqualTo(THIRD);
    assertThat(found("epoch-2")).isEqualTo(ToyJobs.SECOND);
    assertThat(found("best-validation")).isEqualTo(THIRD);
    assertThat(found("before-collapse")).isEqualTo(ToyJobs.SECOND);
    assertThat(found("last")).isEqualTo(ToyJobs.SECOND);
    assertThat(found("best")).as("nothing is trained yet").isEqualTo(THIRD);
  }

  @Test
  void whatTheSearchDoesNotHaveIsRefusedWithWhatItHas() {
    assertThatThrownBy(() -> found("epoch-0"))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessage(
            "run folder %s: has no candidate epoch-0: nothing has been searched or retrained there"
                    .formatted(run.path())
                + " yet");
    search();
    assertThatThrownBy(() -> found("epoch-3"))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessage(
            "run folder %s: has no epoch 3: its search has the epochs 0 to 2"
                .formatted(run.path()));
    for (String unknown : List.of("worst", "changes", "DARTS_V2", "random-0")) {
      assertThatThrownBy(() -> found(unknown))
          .hasMessage(
              "run folder %s: has no candidate %s: take one of best-validation, last, epoch-N"
                  .formatted(run.path(), unknown));
    }
  }

  /** The run went on with fewer seeds, candidates and epochs than it had begun with. */
  @Test
  void theBestIsAmongResultsOfTheNewestSettings() {
    search();
    retrain(List.of(GOOD, LAST), List.of(0L, 1L), "600");
    assertThat(found("best")).isNotNull();
    assertThat(said).isEmpty();
    for (String file : List.of("retrain/last/seed-0", "retrain/last/seed-1")) {
      String result = run.readText(file + "/result.json");
      run.writeText(
          file + "/result.json",
          result.replaceFirst("\"testAccuracy\" : [^,]*", "\"testAccuracy\" : 1.0"));
    }
    assertThat(found("best")).isEqualTo(ToyJobs.SECOND);

    retrain(List.of(GOOD), List.of(0L), "1");

    assertThat(found("best")).isEqualTo(ToyJobs.FIRST);
    assertThat(said).containsExactly(leftOut("good", 1), leftOut("last", 0), leftOut("last", 1));
    assertThat(found("last")).as("by its name").isEqualTo(ToyJobs.SECOND);
    assertThat(CandidateFolders.described(run).candidates().get(0).outcomes())
        .hasSize(2)
        .satisfies(
            outcomes -> {
              assertThat(outcomes.get(0)).isInstanceOf(Outcome.Trained.class);
              assertThat(outcomes.get(1)).isEqualTo(new Outcome.OtherSettings("good", 1));
            });
    assertThat(
            RetrainResult.read(run, List.of(GOOD), List.of(0L, 1L)).candidates().get(0).trained())
        .as("what is exported")
        .hasSize(1);
  }

  @Test
  void anotherNetworkOfTheSameNameIsNoResultOfThisOne() {
    retrain(List.of(GOOD), List.of(0L, 1L), "5");
    Candidate other = new Candidate("good", GOOD.origins(), THIRD);
    retrain(List.of(other), List.of(0L), "5");

    assertThat(CandidateFolders.described(run).candidates().get(0).outcomes().get(1))
        .isEqualTo(new Outcome.OtherSettings("good", 1));
  }

  @Test
  void aRunWithoutACandidateIsToldFromNoRun() {
    CandidateLabel label = CandidateLabel.parse("from:" + run.path());

    assertThatThrownBy(
            () ->
                ForeignCandidates.read(
                    (CandidateLabel.Elsewhere) label, new Configuration(), said::add))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessage(
            "candidate from:%1$s: names a run and none of its candidates: write from:%1$s/best, or"
                + " another candidate of it",
            run.path());
  }

  @Test
  void brokenSettingsAreNamed() {
    run.writeText("retrain/settings.json", "{\"formatVersion\":1}");
    assertThatThrownBy(() -> found("best"))
        .isInstanceOf(RunFolderException.class)
        .hasMessage(
            run.path()
                + "/retrain/settings.json: is not readable as settings (settings must be an"
                + " object): retrain to have it written anew");
  }

  private String leftOut(String candidate, int seed) {
    return "candidate from:%s/best: %s, seed %d, is left out there: the newest retraining has other"
            .formatted(run.path(), candidate, seed)
        + " settings, or another network of that name: retrain it, or delete retrain/%s/seed-%d"
            .formatted(candidate, seed);
  }

  private Architecture found(String name) {
    said.clear();
    return ForeignCandidates.read(
            new CandidateLabel.Elsewhere(run.path(), name), new Configuration(), said::add)
        .genotype();
  }

  private void retrain(List<Candidate> candidates, List<Long> seeds, String epochs) {
    ResultKeys keys = ResultKeys.of(Map.of("retrain.epochs", epochs));
    new Retraining(
            ToyJobs.settings(seeds),
            ToyJobs.data(),
            keys,
            run,
            new ToyJobs(run, "none"),
            unused -> {})
        .run(candidates);
  }

  private void search() {
    run.writeLines(
        "search/epochs.jsonl",
        List.of(
            epoch(0, 0.5, ToyJobs.FIRST), epoch(1, 0.75, THIRD), epoch(2, 0.625, ToyJobs.SECOND)));
  }

  private static String epoch(int number, double validation, CellPair genotype) {
    return ("{\"epoch\":%d,\"temperature\":1,\"trainAccuracy\":0.5,\"validationAccuracy\":%s,"
            + "\"trainLoss\":1,\"validationLoss\":1,\"alphaEntropy\":2.0,"
            + "\"skipConnections\":{\"normal\":1,\"reduction\":1},\"genotype\":%s,"
            + "\"seconds\":90.0,\"imagesPerSecond\":100}")
        .formatted(number, validation, genotype.json());
  }
}
