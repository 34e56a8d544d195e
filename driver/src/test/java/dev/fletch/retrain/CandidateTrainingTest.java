package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.bilevel.GradientSource;
import dev.fletch.data.StepId;
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
    assertThat(second.result().testAccuracy()).isEqualTo(expected.testAccuracy());
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
            "epochs");
    assertThat(json.get("status").asText()).isEqualTo("done");
    assertThat(json.get("testAccuracy").asDouble())
        .isEqualTo(result.testAccuracy())
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

  private static Attempt train(RunFolder run, String batchKey, StepId killedAt) {
    CandidateJob job = ToyJobs.job(run, batchKey);
    try (GradientSource toy = ToyJobs.source(job)) {
      InterruptedSource source =
          new InterruptedSource(toy, killedAt, new IllegalStateException("killed"));
      TrainingResult result =
          new CandidateTraining(job, source, run, source.size().weights()).run();
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
