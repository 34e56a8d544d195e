package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.architecture.BaselineGenomes;
import dev.fletch.architecture.Genome;
import dev.fletch.report.model.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a run has taken from another stays what it was, and is credited, whatever becomes of that
 * one.
 */
class TakenStructuresTest extends ComparedRuns {
  private static final String BEST = "from-source-best";
  private static final String FILE = "retrain/" + BEST + "/candidate.json";
  private static final String RESULT = "retrain/" + BEST + "/seed-0/result.json";
  private static final Genome BLOCK = BaselineGenomes.RESNET_BLOCK.genome();

  private RunFiles target;

  @BeforeEach
  void source() throws IOException {
    target = new RunFiles(folder.resolve("target"));
    configured(
        "source",
        "data { format = idx, path = /data/mnist }, search.epochs = 1\n"
            + "retrain { candidates = [last], seeds = [0] }\n");
    manifest("source", "those of the source");
    write(
        "source/search/epochs.jsonl",
        """
        {"epoch":0,"temperature":1,"trainAccuracy":0.5,"validationAccuracy":0.75,"trainLoss":1,\
        "validationLoss":1,"alphaEntropy":2.0,"skipConnections":{"normal":2,"reduction":3},\
        "genotype":%s,"seconds":90.0,"imagesPerSecond":100}
        """
            .formatted(Samples.genotype().json()));
    candidate("source", "last", 0, Samples.genotype());
    trained("source", "last", 0, 0.5);
  }

  private Path conf(String candidates) throws IOException {
    return TinyRun.conf(
        folder, target.root(), "retrain { candidates = [%s], epochs = 1 }".formatted(candidates));
  }

  private String label() {
    return "from:" + folder + "/source/best";
  }

  @Test
  void aResumedRunGoesOnWithWhatItHasTaken() throws IOException {
    Path conf = conf('"' + label() + '"');
    done(TinyRun.fletch("run", conf));
    JsonNode taken = target.json(FILE).get("origins").get(0).get("taken");
    assertThat(taken.get("label").asText()).isEqualTo(label());
    assertThat(taken.get("begun").asText()).isEqualTo("2026-01-02T03:04:05Z");
    JsonNode found = taken.get("foundIn");
    assertThat(found.get("folder").asText()).isEqualTo("file:" + folder + "/source");
    assertThat(
            List.of(
                found.get("run").asText(),
                found.get("data").asText(),
                found.get("method").asText(),
                found.get("candidate").asText(),
                found.get("searchSeconds").asText()))
        .containsExactly("source", "mnist", "darts", "last", "90.0");
    String file = target.text(FILE);
    String result = target.text(RESULT);

    candidate("source", "baseline-resnet-block", -1, BLOCK);
    trained("source", "baseline-resnet-block", 0, 0.75);
    assertThat(resumed(conf))
        .contains(
            "candidate "
                + label()
                + ": means another structure by now; this run keeps what it has taken, in "
                + FILE
                + ": to train the other one too, give it by its own name");
    assertThat(List.of(target.text(FILE), target.text(RESULT))).containsExactly(file, result);

    Files.move(folder.resolve("source"), folder.resolve("put away"));
    assertThat(resumed(conf))
        .contains(
            "candidate "
                + label()
                + ": cannot be read any more, and this run goes on with what it has taken, in "
                + FILE
                + " (run folder file:"
                + folder
                + "/source: holds no run (there is no such folder)");
    assertThat(List.of(target.text(FILE), target.text(RESULT))).containsExactly(file, result);
    assertThat(TinyRun.fletch("validate", conf, "--resume").exitCode()).isZero();
    assertThat(done(TinyRun.fletch("export", target.root())).out()).startsWith(BEST + ", seed 0");

    TinyRun.Outcome compared = done(compared());
    assertThat(compared.err()).isEmpty();
    assertThat(comparison())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("darts,\"fashion-mnist (train-limit 60, test-limit 32)\",tiny,")
                    .contains("," + BEST + ",accuracy,", ",90.0,")
                    .endsWith(",source,mnist,darts,last,1"));
  }

  /** An interrupted run has no mark that it is complete; it may be so for want of a report only. */
  private String resumed(Path conf) throws IOException {
    Files.delete(target.root().resolve("_SUCCESS"));
    String said = done(TinyRun.fletch("run", conf, "--resume")).err();
    assertThat(said)
        .contains("retrain " + BEST + ", seed 0: already done")
        .doesNotContain("training from the start");
    return said;
  }

  @Test
  void whatARetrainingTakesIsCreditedAndReportedAtOnce() throws IOException {
    Path conf = conf("baseline-resnet-block");
    done(TinyRun.fletch("run", conf, "--set", "retrain.auxiliary-weight=0"));
    assertThat(target.text("report/leaderboard.csv")).doesNotContain(BEST);

    done(
        TinyRun.fletch(
            "retrain",
            target.root(),
            "--set",
            "retrain.candidates=[\"%s\", \"%s/block.json\"]".formatted(label(), file())));

    assertThat(target.text("report/leaderboard.csv"))
        .contains("baseline-resnet-block", BEST)
        .doesNotContain("from-block");
    assertThat(target.json("retrain/baseline-resnet-block/candidate.json").get("origins"))
        .as("one network has two names")
        .hasSize(2);
    assertThat(target.has("retrain/from-block")).isFalse();
    done(compared());
    assertThat(comparison())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("baseline,").endsWith(",,,,,1"))
        .anySatisfy(line -> assertThat(line).startsWith("darts,").contains(",source,mnist,darts,"));
  }

  private Path file() throws IOException {
    write("block.json", BLOCK.document());
    return folder;
  }

  /** Folders of older versions do not note where their structures are from. */
  @Test
  void whereAStructureIsFromThatCannotBeReadIsSaid() throws IOException {
    run("older", "/data/cifar10", "[\"from:gone/nets/best\"]");
    candidate("older", "from-nets-best", -1, Samples.genotype());
    trained("older", "from-nets-best", 0, 0.5);
    TinyRun.Outcome outcome =
        done(
            TinyRun.fletch(
                "report", folder.resolve("older"), "--output", folder.resolve("compared")));

    assertThat(outcome.errorLines())
        .singleElement()
        .asString()
        .startsWith(
            "fletch: warning: candidate from:gone/nets/best: which method found it, and how long"
                + " that took, is not known: run folder file:")
        .contains("gone/nets: holds no run (there is no such folder)");
  }

  @Test
  void whatItsOwnSearchFoundTooIsItsOwn() throws IOException {
    write(
        "source/retrain/last/candidate.json",
        """
        {"formatVersion":1,"id":"last","genotype":%s,"origins":[
          {"label":"from-net-best","epoch":null,"lambda":null,"taken":{
            "label":"from:/a/net/best","begun":"","foundIn":{
              "folder":"file:/a/net","run":"net","data":"cifar","examples":"c","method":"neat",
              "candidate":"last","searchSeconds":7,"experiment":"x"}}}]}
        """
            .formatted(Samples.genotype().json()));
    assertThat(sourceCompared()).startsWith("neat,mnist,").endsWith(",net,cifar,neat,last,1");
    String file = Files.readString(folder.resolve("source/retrain/last/candidate.json"));
    write(
        "source/retrain/last/candidate.json",
        file.replace("}]}", "},{\"label\":\"last\",\"epoch\":0,\"lambda\":null}]}"));
    assertThat(sourceCompared()).startsWith("darts,mnist,").contains(",90.0,").endsWith(",,,,,1");
  }

  private String sourceCompared() throws IOException {
    done(
        TinyRun.fletch("report", folder.resolve("source"), "--output", folder.resolve("compared")));
    return comparison().get(1);
  }

  private TinyRun.Outcome compared() {
    return TinyRun.fletch("report", target.root(), "--output", folder.resolve("compared"));
  }

  private List<String> comparison() throws IOException {
    return List.of(Files.readString(folder.resolve("compared/comparison.csv")).split("\r\n"));
  }

  private static TinyRun.Outcome done(TinyRun.Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }
}
