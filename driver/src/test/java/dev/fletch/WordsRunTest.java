package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.retrain.CandidateFile;
import dev.fletch.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on running text: from words to a report, and on to another text. */
class WordsRunTest {
  /** What is said of images and of classes, and must not be of words. */
  private static final List<String> OF_IMAGES =
      List.of("image", "accuracy", "Accuracy", "normal cell", "skip connection", "examples/s");

  @TempDir static Path folder;

  private static Path data;
  private static Path conf;
  private static RunFiles run;
  private static TinyRun.Outcome outcome;

  @BeforeAll
  static void runEverything() throws IOException {
    data = TinyWords.write(folder.resolve("data"));
    run = new RunFiles(folder.resolve("run"));
    conf =
        TinyWords.conf(
            folder,
            data,
            run.root(),
            """
            search { order = first, replicas = 1 }
            retrain {
              replicas = 1, candidates = [best-validation, baseline-tanh, random-0, random-1, random-2]
              epochs = 3, protocol = darts-paper, halving { rungs = [1], keep = 0.4 }
            }
            """);
    outcome = TinyRun.fletch("run", conf);
  }

  @Test
  void theRunSpeaksOfWords() {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .containsPattern(
            "search: epoch 2: validation perplexity [\\d.]+, training perplexity [\\d.]+,"
                + " temperature 1.000, \\d identity functions? in the recurrent cell\\n")
        .contains("search: done: the best validation perplexity is ")
        .containsPattern("retrain [\\w-]+, seed 0: test perplexity ")
        .doesNotContain("\tat ")
        .doesNotContain(OF_IMAGES);
    assertThat(run.text("report/index.html"))
        .contains(" words/s in training", " multiply-adds a word", "test perplexity")
        .doesNotContain(OF_IMAGES);
  }

  @Test
  void validateSaysWhatARunTakes() {
    TinyRun.Outcome valid =
        TinyRun.fletch("validate", conf, "--dry-run", "--set", "output=" + folder.resolve("new"));

    assertThat(valid.exitCode()).as(valid.err()).isZero();
    assertThat(valid.out())
        .containsPattern("data      \\d+ training \\(for w\\), \\d+ validation \\(for alpha\\) and")
        .contains(" test words, vocabulary of ")
        .containsOnlyOnce("export    all candidates: Cannot write a recurrent cell")
        .contains(" MiB of memory per replica", "; their memory is not known before")
        .containsPattern("baseline-tanh: [\\d,]+ weights, \\d+ MiB of memory\\n")
        .containsPattern("\\n          \\d+ weights each, as the search decides")
        .contains(" on 1 replica of 3 rows")
        .doesNotContain("native memory")
        .doesNotContain("image shape", "accuracy");
  }

  @Test
  void aSweepCountsWords() throws IOException {
    Path sweep =
        TinyWords.conf(
            Files.createDirectories(folder.resolve("swept")),
            data,
            folder.resolve("sweep"),
            "sweep.vary { \"search.alpha.learning-rate\" = [0.01, 0.1] }");
    TinyRun.Outcome valid = TinyRun.fletch("validate", sweep, "--dry-run");

    assertThat(valid.exitCode()).as(valid.err()).isZero();
    assertThat(valid.out())
        .containsPattern(
            "total     search \\d+ steps \\([\\d,]+ words\\); retrain at most 2 trainings, \\d+ steps"
                + " \\([\\d,]+ words\\)")
        .doesNotContain("native memory");
  }

  /** Less is better, for epochs of the search as of a training. */
  @Test
  void theBestEpochIsThatOfTheLeastPerplexity() throws IOException {
    List<JsonNode> epochs = run.timelessLines("search/epochs.jsonl");
    int least = epochOfLeast(epochs, "validationPerplexity");
    assertThat(run.json("search/result.json").get("bestEpoch").asInt()).isEqualTo(least);
    assertThat(outcome.err()).contains(", of epoch " + least + "; the last epoch is 2");
    assertThat(run.json("retrain/best-validation/candidate.json").at("/origins/0/epoch").asInt(-1))
        .isEqualTo(least);

    for (JsonNode candidate : run.json("report/report.json").get("candidates")) {
      String training = "retrain/" + candidate.get("id").asText() + "/seed-0/";
      JsonNode result = run.json(training + "result.json");
      if (result.get("status").asText().equals("done")) {
        List<JsonNode> trained = run.timelessLines(training + "metrics.jsonl");
        int best = epochOfLeast(trained, "testPerplexity");
        assertThat(result.get("bestTestEpoch").asInt()).isEqualTo(best);
        assertThat(result.get("bestTestPerplexity"))
            .isEqualTo(trained.get(best).get("testPerplexity"));
      }
    }
  }

  private static int epochOfLeast(List<JsonNode> epochs, String figure) {
    return epochs.stream()
        .min(Comparator.comparingDouble(epoch -> epoch.get(figure).asDouble()))
        .orElseThrow()
        .get("epoch")
        .asInt();
  }

  /** Two of five: those of the least perplexity after an epoch go on, and stand first. */
  @Test
  void whoHasTheLeastPerplexityGoesOnFromARung() throws IOException {
    TreeMap<Double, String> atRung = new TreeMap<>();
    JsonNode candidates = run.json("report/report.json").get("candidates");
    for (JsonNode candidate : candidates) {
      String id = candidate.get("id").asText();
      atRung.put(
          run.timelessLines("retrain/" + id + "/seed-0/metrics.jsonl")
              .get(0)
              .get("validationPerplexity")
              .asDouble(),
          id);
    }
    assertThat(atRung).hasSizeBetween(3, 5);
    int kept = (int) Math.ceil(0.4 * atRung.size());
    List<String> best = List.copyOf(atRung.values()).subList(0, kept);
    double last = List.copyOf(atRung.keySet()).get(kept - 1);

    for (JsonNode candidate : candidates) {
      JsonNode seed = candidate.get("seeds").get(0);
      if (best.contains(candidate.get("id").asText())) {
        assertThat(seed.get("status").asText()).isEqualTo("done");
      } else {
        assertThat(seed.get("status").asText()).isEqualTo("stopped");
        assertThat(seed.get("failure").asText())
            .startsWith("trailed after 1 epoch: perplexity ")
            .endsWith(", the last that went on had %.4f".formatted(last));
      }
    }
    assertThat(ranked()).hasSize(kept).isSorted();
  }

  /** Test perplexities in the order of the leaderboard. */
  private static List<Double> ranked() {
    return run.text("report/leaderboard.csv")
        .lines()
        .filter(line -> line.matches("\\d+,.*"))
        .map(line -> Double.valueOf(line.split(",")[3]))
        .toList();
  }

  /** Another text of other words: the cell is what goes there. */
  @Test
  void whatWasFoundIsTrainedOnAnotherText() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path texts = TinyWords.write(other.resolve("data"), 2);
    Files.writeString(
        texts.resolve("train.txt"),
        "yaks graze where no word has been\n",
        StandardOpenOption.APPEND);
    RunFiles target = new RunFiles(other.resolve("run"));
    Path transfer =
        TinyWords.conf(
            other,
            texts,
            target.root(),
            "retrain { candidates = [\"from:%s/best\"], epochs = 1, size = 12, batch = 2 }"
                .formatted(run.root()));
    TinyRun.Outcome trained = TinyRun.fletch("run", transfer);

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    String best = run.text("report/leaderboard.csv").lines().toList().get(1).split(",")[1];
    assertThat(genotype(target, "from-run-best")).isEqualTo(genotype(run, best));
    JsonNode result = target.json("retrain/from-run-best/seed-0/result.json");
    assertThat(result.get("testPerplexity").asDouble()).isGreaterThan(1);
    assertThat(target.has("search/epochs.jsonl")).isFalse();
    assertThat(target.json("vocabulary.json").get("words").toString())
        .contains("yaks")
        .isNotEqualTo(run.json("vocabulary.json").get("words").toString());
  }

  private static Object genotype(RunFiles files, String candidate) {
    RunFolder opened = RunFolder.open(files.root().toString(), new Configuration());
    return CandidateFile.read(opened, candidate).genotype();
  }

  /** A recurrent cell reads no images. */
  @Test
  void aRecurrentCellIsNotTakenForImages() throws IOException {
    Path other = Files.createDirectories(folder.resolve("images"));
    TinyRun.Outcome refused =
        TinyRun.fletch(
            "run",
            TinyRun.conf(
                other,
                other.resolve("run"),
                "retrain.candidates = [\"from:%s/best\"]".formatted(run.root())));

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .hasLineCount(1)
        .startsWith("fletch: retrain.candidates: from:")
        .contains("/best: Cannot train a recurrent cell on 1x28x28: it reads streams of words");
  }
}
