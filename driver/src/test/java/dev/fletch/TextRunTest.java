package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on texts: from sentences to a report, with every kind of candidate. */
class TextRunTest {
  private static final String GIVEN =
      "normal=[sep_conv_3+relu:0,identity:1|attention:2,max_pool_3:0]"
          + " reduction=[max_pool_3:0,identity:1|sep_conv_3+relu:2,identity:1]";
  private static final String CANDIDATES =
      "retrain.candidates = [best-validation, last, epoch-0, changes, random-1, \"" + GIVEN + "\"]";

  @TempDir static Path folder;

  private static Path data;
  private static Path conf;
  private static RunFiles run;
  private static TinyRun.Outcome outcome;

  @BeforeAll
  static void runEverything() throws IOException {
    data = TinyTexts.write(folder.resolve("data"));
    run = new RunFiles(folder.resolve("run"));
    conf = TinyTexts.conf(folder, data, run.root(), CANDIDATES);
    outcome = TinyRun.fletch("run", conf);
  }

  @Test
  void theRunSucceedsAndSaysExamples() {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("search starts at epoch 0 of 3", "search: epoch 2: validation accuracy 0.")
        .doesNotContain("image")
        .doesNotContain("\tat ");
    assertThat(run.has("_SUCCESS")).isTrue();
  }

  @Test
  void theFolderSaysWhatTheTextsAre() throws IOException {
    JsonNode words = run.json("vocabulary.json").get("words");
    assertThat(words).extracting(JsonNode::asText).startsWith("<pad>", "<unk>").contains("good");
    JsonNode facts = run.json("manifest.json").get("data");
    assertThat(facts.get("classes"))
        .extracting(JsonNode::asText)
        .containsExactly("negative", "positive");
    assertThat(facts.at("/texts/vocabulary").asInt()).isEqualTo(words.size());
  }

  @Test
  void everyKindOfCandidateIsTrainedOnTexts() throws IOException {
    JsonNode candidates = run.json("report/report.json").get("candidates");
    assertThat(candidates).hasSizeGreaterThanOrEqualTo(3);
    for (JsonNode candidate : candidates) {
      JsonNode seed = candidate.get("seeds").get(0);
      assertThat(seed.get("status").asText()).as(candidate.toString()).isEqualTo("done");
      assertThat(candidate.get("testExamples").asInt()).isEqualTo(TinyTexts.TEST);
      assertThat(seed.get("confusionMatrix")).hasSize(2);
      JsonNode result = run.json("retrain/" + candidate.get("id").asText() + "/seed-0/result.json");
      assertThat(result.findValuesAsText("testAccuracy")).hasSize(1);
    }
    assertThat(run.text("report/index.html"))
        .contains(TinyTexts.TEST + " test examples", "positive", "attention")
        .doesNotContain("test images")
        .doesNotContain("images/s");
  }

  /** One word decides, so that a network which learns at all is nearly always right. */
  @Test
  void trainingLearnsWhatTheTextsSay() throws IOException {
    RunFiles learned = new RunFiles(folder.resolve("learned"));
    TinyRun.Outcome trained =
        TinyRun.fletch(
            "run",
            TinyTexts.conf(
                Files.createDirectories(folder.resolve("other")),
                data,
                learned.root(),
                "retrain { candidates = [\""
                    + GIVEN
                    + "\"], epochs = 20, batch = 8, dropout = 0, embedding-dropout = 0 }"));
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    JsonNode candidate = learned.json("report/report.json").get("candidates").get(0);
    assertThat(candidate.get("testAccuracyMean").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void aFinishedRunIsNotTrainedAgainAndItsPhasesCanBeRepeated() {
    TinyRun.Outcome again = TinyRun.fletch("run", conf, "--resume");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err())
        .contains("search was complete: nothing left to train")
        .contains("retrain epoch-0, seed 0: already done");
    for (List<Object> phase :
        List.<List<Object>>of(
            List.of("search", conf, "--resume"),
            List.of("retrain", run.root()),
            List.of("report", run.root()))) {
      TinyRun.Outcome repeated = TinyRun.fletch(phase.toArray());
      assertThat(repeated.exitCode()).as(phase + repeated.err()).isZero();
    }
  }

  @Test
  void validateSaysWhatTheTextsAreAndWhatARunTakes() {
    TinyRun.Outcome valid =
        TinyRun.fletch("validate", conf, "--dry-run", "--set", "output=" + folder.resolve("new"));
    assertThat(valid.exitCode()).as(valid.err()).isZero();
    assertThat(valid.out())
        .contains("60 training (30 for w, 30 for alpha) and 24 test examples")
        .contains("texts     vocabulary of ")
        .doesNotContain("export")
        .contains("search    darts: ")
        .contains("retrain   at most ");
  }

  /** With attention, pools and activations: what the search and the candidates have. */
  @Test
  void aModelOfTextsIsExportedAndSparkFindsItsAccuracy() throws IOException {
    JsonNode given = given();
    TinyRun.Outcome exported =
        TinyRun.fletch("export", run.root(), "--candidate", given.get("id").asText(), "--evaluate");
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    JsonNode model = run.json("model/model.json");
    assertThat(model.at("/check/largestDifference").asDouble()).isBetween(0.0, 1e-4);
    assertThat(model.at("/check/examples").asInt()).isEqualTo(TinyTexts.TEST);
    assertThat(model.at("/evaluation/accuracy").asDouble())
        .isEqualTo(model.get("testAccuracy").asDouble())
        .isEqualTo(given.get("testAccuracyMean").asDouble());
    assertThat(model.get("inputShape").toString()).isEqualTo("[6]");
    assertThat(model.get("preprocessing").toString())
        .isEqualTo(
            "{\"layout\":\"NT\",\"replace\":{\"\\\\*\":\"*\",\"\\\\/\":\"/\"}"
                + ",\"replaceWords\":{\"-lcb-\":\"{\",\"-lrb-\":\"(\",\"-lsb-\":\"[\""
                + ",\"-rcb-\":\"}\",\"-rrb-\":\")\",\"-rsb-\":\"]\"}"
                + ",\"tokenizer\":\"spaces\",\"maxLength\":256"
                + ",\"vocabulary\":\"vocabulary.json\",\"padding\":0,\"unknown\":1}");
    assertThat(model.get("labels")).extracting(JsonNode::asText).contains("positive");
    assertThat(model.get("customLayers")).isEmpty();
    assertThat(model.at("/operations/attention").asText()).startsWith("SelfAttentionLayer of 8");
    assertThat(run.text("model/vocabulary.json")).isEqualTo(run.text("vocabulary.json"));
  }

  /** What the configuration wrote out. */
  private static JsonNode given() throws IOException {
    for (JsonNode candidate : run.json("report/report.json").get("candidates")) {
      if (candidate.get("id").asText().startsWith("text-")) {
        return candidate;
      }
    }
    throw new AssertionError("the report has no candidate " + GIVEN);
  }

  @Test
  void theVocabularyOfAnotherRunIsRefused() throws IOException {
    Path own = run.root().resolve("vocabulary.json");
    Path kept = Files.copy(own, folder.resolve("kept.json"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(own, Files.readString(own).replace("\"good\"", "\"nice\""));
    try {
      for (List<Object> command :
          List.<List<Object>>of(
              List.of("run", conf, "--resume"),
              List.of("validate", conf, "--resume"),
              List.of("retrain", run.root()))) {
        TinyRun.Outcome refused = TinyRun.fletch(command.toArray());
        assertThat(refused.exitCode()).as(command + refused.err()).isEqualTo(2);
        assertThat(refused.err())
            .hasLineCount(1)
            .contains("vocabulary.json is the vocabulary of another run than that of the data");
      }
    } finally {
      Files.move(kept, own, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
