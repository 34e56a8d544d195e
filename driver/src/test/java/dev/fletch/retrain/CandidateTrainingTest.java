package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metrics;
import dev.fletch.retrain.RetrainResult.CandidateResult;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.toy.InterruptedSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidateTrainingTest {
  private static final String FOLDER = "retrain/last/seed-5";
  private static final StepId NEVER = new StepId(-1, -1);

  @TempDir Path temporary;

  @Test
  void killedInAnEpochAndResumedIsTheUnbrokenTraining() {
    RunFolder unbroken = create("unbroken");
    TrainingResult expected = train(unbroken, "5", NEVER).result();
    RunFolder broken = create("broken");
    assertThatThrownBy(() -> train(broken, "5", new StepId(2, 1))).hasMessage("killed");
    assertThat(broken.readLines(FOLDER + "/metrics.jsonl")).hasSize(2);
    assertThat(broken.exists(FOLDER + "/result.json")).isFalse();

    Attempt second = train(broken, "5", NEVER);
    assertThat(second.exchanges()).as("two epochs of five steps were left").isEqualTo(10);
    assertThat(second.result().testFigure()).isEqualTo(expected.testFigure());
    assertThat(second.result().testLoss()).isEqualTo(expected.testLoss());
    Checkpoint a = newest(broken);
    Checkpoint b = newest(unbroken);
    assertThat(a.counters()).isEqualTo(b.counters());
    b.vectors()
        .forEach((name, vector) -> assertThat(a.vectors().get(name)).as(name).isEqualTo(vector));
    assertThat(withoutTime(broken)).hasSize(ToyJobs.EPOCHS).isEqualTo(withoutTime(unbroken));
  }

  @Test
  void resultAndMetricsHaveTheFixedNames() throws IOException {
    RunFolder run = create("run");
    TrainingResult result = train(run, "5", NEVER).result();
    ObjectMapper mapper = new ObjectMapper();
    JsonNode json = mapper.readTree(run.readText(FOLDER + "/result.json"));
    assertThat(names(json))
        .containsExactlyInAnyOrder(
            "formatVersion",
            "candidate",
            "seed",
            "status",
            "settings",
            "failure",
            "testAccuracy",
            "testLoss",
            "parameters",
            "seconds",
            "epochs",
            "macroPrecision",
            "macroRecall",
            "macroF1",
            "testExamples",
            "bestTestAccuracy",
            "bestTestEpoch",
            "multiplyAdds",
            "imagesPerSecond",
            "classes",
            "confusionMatrix");
    ConfusionMatrix confusion = result.confusion();
    assertThat(ResultMetrics.confusion(json)).isEqualTo(confusion);
    assertThat(confusion.classes()).isEqualTo(3);
    assertThat(json.get("testExamples").asInt()).isEqualTo(21);
    double correct = confusion.count(0, 0) + confusion.count(1, 1) + confusion.count(2, 2);
    assertThat(correct / 21).isEqualTo(result.testFigure());
    assertThat(json.get("macroF1").asDouble()).isEqualTo(confusion.macroF1()).isGreaterThan(0.5);
    assertThat(json.get("multiplyAdds").asInt()).isEqualTo(12);
    assertThat(json.get("imagesPerSecond").asDouble()).isPositive();
    assertThat(json.get("bestTestEpoch").isNull()).as("tested once").isTrue();
    assertThat(RetrainResult.read(run, List.of(candidate()), List.of(5L)).candidates().get(0))
        .isEqualTo(new CandidateResult(candidate(), List.of(new Outcome.Trained(result))));
    assertThat(json.get("status").asText()).isEqualTo("done");
    assertThat(json.get("testAccuracy").asDouble())
        .isEqualTo(result.testFigure())
        .isGreaterThan(0.5);
    assertThat(json.get("parameters").asInt()).isEqualTo(12);
    assertThat(json.get("epochs").asInt()).isEqualTo(4);
    JsonNode line = mapper.readTree(run.readLines(FOLDER + "/metrics.jsonl").get(3));
    assertThat(names(line))
        .containsExactly(
            "epoch", "learningRate", "trainLoss", "trainAccuracy", "seconds", "imagesPerSecond");
    List<TrainingEpoch> curve = TrainingEpoch.read(run, "last", 5);
    assertThat(curve).hasSize(4);
    assertThat(curve.get(3).trainLoss()).isLessThan(curve.get(0).trainLoss());
    assertThat(curve.get(0).learningRate()).isEqualTo(0.2);
  }

  @Test
  void theProtocolOfThePaperTestsEveryEpochAndKeepsTheLast() {
    RunFolder run = create("run");
    Protocol protocol = new Protocol(Protocol.Testing.DARTS_PAPER, 0);
    TrainingResult result = train(run, protocol, NEVER).result();

    List<TrainingEpoch> curve = TrainingEpoch.read(run, "last", 5);
    double best = curve.stream().mapToDouble(e -> e.evaluated().testFigure()).max().orElse(0);
    assertThat(result.best().testFigure()).isEqualTo(best);
    assertThat(curve.get(result.best().epoch()).evaluated().testFigure()).isEqualTo(best);
    assertThat(curve.subList(0, result.best().epoch()))
        .allMatch(e -> e.evaluated().testFigure() < best);
    assertThat(curve.get(3).evaluated().testFigure()).isEqualTo(result.testFigure());
    assertThat(curve.get(3).evaluated().testLoss()).isEqualTo(result.testLoss());
    assertThat(curve.get(0).evaluated().validationFigure()).isNaN();
    // Looking more often changes nothing of what is trained.
    TrainingResult once = train(create("once"), "5", NEVER).result();
    assertThat(once.testLoss()).isEqualTo(result.testLoss());
    assertThat(once.best()).isEqualTo(TrainingResult.BestEpoch.NONE);
  }

  @Test
  void theResultNamesItsClassesUnlessItIsOfAnOlderVersion() throws IOException {
    RunFolder run = create("run");
    assertThat(train(run, "5", NEVER).result().classNames()).containsExactly("ant", "bee", "cat");
    assertThat(read(run).classNames()).containsExactly("ant", "bee", "cat");

    String file = FOLDER + "/result.json";
    ObjectNode older = (ObjectNode) new ObjectMapper().readTree(run.readText(file));
    run.writeText(file, older.deepCopy().without("classes").toString());
    assertThat(read(run).classNames()).containsExactly("0", "1", "2");

    older.putArray("classes").add("ant");
    run.writeText(file, older.toString());
    assertThatThrownBy(() -> read(run))
        .hasMessageContaining(
            file
                + ": is not readable as a result (classes must name the 3 classes of the confusion"
                + " matrix, got [\"ant\"])");
  }

  private static TrainingResult read(RunFolder run) {
    Outcome outcome = ResultFile.read(run, "last", 5).orElseThrow().outcome();
    return ((Outcome.Trained) outcome).result();
  }

  @Test
  void whatIsHeldOutIsEvaluatedEveryEpochAndTheTestSetOnce() {
    RunFolder run = create("run");
    Protocol protocol = new Protocol(Protocol.Testing.HELD_OUT, 0.25);
    CandidateJob job = ToyJobs.job(run, "5", protocol);
    List<Portion> seen = new ArrayList<>();
    try (GradientSource source = new RecordingSource(ToyJobs.source(job), seen)) {
      new CandidateTraining(
              job,
              source,
              run,
              ToyJobs.cost(source),
              Metrics.ACCURACY,
              List.of("ant", "bee", "cat"))
          .run();
    }

    assertThat(seen).doesNotContain(Portion.TRAIN);
    assertThat(seen.stream().filter(p -> p == Portion.FIT)).hasSize(20);
    assertThat(seen.stream().filter(p -> p == Portion.VALIDATION)).hasSize(4);
    assertThat(seen.stream().filter(p -> p == Portion.TEST)).hasSize(1);
    assertThat(seen).last().isEqualTo(Portion.TEST);
    List<TrainingEpoch> curve = TrainingEpoch.read(run, "last", 5);
    assertThat(curve)
        .allMatch(e -> e.evaluated().validationFigure() >= 0 && e.evaluated().seconds() > 0)
        .allMatch(e -> Double.isNaN(e.evaluated().testFigure()));
    assertThat(run.readLines(FOLDER + "/metrics.jsonl").get(0))
        .contains("\"validationAccuracy\":", "\"validationLoss\":")
        .doesNotContain("testAccuracy");
  }

  @Test
  void otherSettingsTrainFromTheStart() {
    RunFolder run = create("run");
    assertThatThrownBy(() -> train(run, "5", new StepId(3, 0))).hasMessage("killed");
    assertThat(train(run, "changed", NEVER).exchanges()).isEqualTo(20);
  }

  @Test
  void jobTravelsBySerialization() throws IOException, ClassNotFoundException {
    CandidateJob job = ToyJobs.job(create("run"), "5");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(job);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(job);
    }
  }

  private record Attempt(TrainingResult result, int exchanges) {}

  private static Candidate candidate() {
    return new Candidate("last", List.of(Candidate.Origin.ofEpoch("last", 3)), ToyJobs.FIRST);
  }

  private static Attempt train(RunFolder run, String batchKey, StepId killedAt) {
    return train(run, ToyJobs.job(run, batchKey), killedAt);
  }

  private static Attempt train(RunFolder run, Protocol protocol, StepId killedAt) {
    return train(run, ToyJobs.job(run, "5", protocol), killedAt);
  }

  private static Attempt train(RunFolder run, CandidateJob job, StepId killedAt) {
    try (GradientSource toy = ToyJobs.source(job)) {
      InterruptedSource source =
          new InterruptedSource(toy, killedAt, new IllegalStateException("killed"));
      Outcome outcome =
          new CandidateTraining(
                  job,
                  source,
                  run,
                  ToyJobs.cost(source),
                  Metrics.ACCURACY,
                  List.of("ant", "bee", "cat"))
              .run();
      TrainingResult result = ((Outcome.Trained) outcome).result();
      return new Attempt(result, source.exchanges());
    }
  }

  private RunFolder create(String name) {
    RunFolder run = RunFolder.create(temporary.resolve(name).toString(), new Configuration());
    run.writeText(RunFolder.CONFIG, "fletch {}");
    return run;
  }

  private static Checkpoint newest(RunFolder run) {
    return new CheckpointFolder(run, FOLDER + "/checkpoint", 2).newest(w -> fail(w)).orElseThrow();
  }

  private static List<String> withoutTime(RunFolder run) {
    return run.readLines(FOLDER + "/metrics.jsonl").stream()
        .map(line -> line.replaceAll(",\"seconds\".*", ""))
        .toList();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
