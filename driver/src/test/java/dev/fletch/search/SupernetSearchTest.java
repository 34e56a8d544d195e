package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Operation;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metrics;
import dev.fletch.method.Darts;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.LearningRateSettings.Decay;
import dev.fletch.optimizer.Nd4jUpdaterSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.toy.InterruptedSource;
import dev.fletch.toy.ToyExamples;
import dev.fletch.toy.ToyNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupernetSearchTest {
  private static final int EPOCHS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temporary;
  private final RecordingListener listener = new RecordingListener();

  @ParameterizedTest
  @CsvSource({"1, SOFTMAX, 0", "1, RESCALE, 2", "2, SOFTMAX, 1", "2, RESCALE, 0"})
  void killedAfterAnEpochAndResumedIsTheUnbrokenRun(
      int order, TemperatureSettings.Mode mode, int lastEpoch) {
    goesOn(plan(order, mode), lastEpoch);
  }

  private void goesOn(SearchPlan plan, int lastEpoch) {
    RunFolder unbroken = create("unbroken");
    search(plan, unbroken, listener);

    RunFolder broken = create("broken");
    assertThatThrownBy(() -> search(plan, broken, new RecordingListener(lastEpoch)))
        .isInstanceOf(RecordingListener.KilledException.class);
    RunFolder resumed = RunFolder.open(broken.path(), new Configuration());
    RecordingListener second = new RecordingListener();
    SearchResult result = search(plan, resumed, second);

    assertThat(second.notes)
        .containsExactly("search goes on at epoch " + (lastEpoch + 1) + " of 4");
    assertThat(second.epochs).hasSize(EPOCHS - lastEpoch - 1);
    assertThat(result.stopReason()).isEqualTo("completed");
    assertSame(resumed, unbroken);
  }

  @Test
  void optimizersOfNd4jGoOnFromACheckpointToTheSameBits() {
    SearchPlan plan = plan(2, TemperatureSettings.Mode.SOFTMAX);
    SearchSettings usual = plan.settings();
    SearchSettings settings =
        new SearchSettings(
            usual.method(),
            usual.order(),
            usual.epochs(),
            usual.batch(),
            usual.replicas(),
            usual.threads(),
            new Nd4jUpdaterSettings.RmsPropSettings(0.9, 1e-8, 3e-4),
            new LearningRateSettings(
                LearningRateSettings.Schedule.EXPONENTIAL, 0.05, 0, Decay.everyEpochs(0.5, 1), 2),
            usual.gradientClip(),
            new Nd4jUpdaterSettings.NesterovSettings(0.9, 1e-3),
            usual.alphaRate(),
            usual.alphaL1(),
            usual.temperature(),
            usual.augmentation(),
            usual.watch(),
            usual.stop(),
            usual.keepCheckpoints());

    goesOn(
        new SearchPlan(settings, plan.supernet(), 2, plan.metric(), plan.seed(), plan.keys()), 1);
  }

  @Test
  void divergenceLeavesTheRunAsAfterTheLastWholeEpoch() {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    DivergedException diverged = new DivergedException(new StepId(2, 1), 0, Double.NaN);
    GradientSource source = new InterruptedSource(source(plan), new StepId(2, 1), diverged);
    assertThatThrownBy(() -> new SupernetSearch(plan, (size, edges) -> source, run, listener).run())
        .isSameAs(diverged);

    SearchResult left = SearchResult.read(run, EPOCHS);
    assertThat(left.epochs()).hasSize(2);
    assertThat(left.stopReason()).isEqualTo("interrupted");
    search(plan, run, listener);
    RunFolder unbroken = create("unbroken");
    search(plan, unbroken, listener);
    assertSame(run, unbroken);
  }

  /** Its end was written, but a damaged checkpoint takes the last epoch back. */
  @Test
  void aSearchThatGoesOnDoesNotSayThatItHasEnded() throws IOException {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    search(plan, run, listener);
    assertThat(run.exists(SearchResult.RESULT_FILE)).isTrue();
    Files.write(temporary.resolve("run/search/checkpoint/epoch-003.ckpt"), new byte[] {1});

    assertThatThrownBy(() -> search(plan, run, new RecordingListener(3)))
        .isInstanceOf(RecordingListener.KilledException.class);

    assertThat(run.exists(SearchResult.RESULT_FILE)).isFalse();
  }

  @Test
  void tornCheckpointFallsBackToTheOneBefore() throws IOException {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    search(plan, run, listener);
    RunFolder unbroken = create("unbroken");
    search(plan, unbroken, listener);
    Path newest = temporary.resolve("run/search/checkpoint/epoch-003.ckpt");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(newest, bytes);

    RecordingListener second = new RecordingListener();
    search(plan, run, second);
    assertThat(second.warnings.get(0))
        .contains(
            "search/checkpoint/epoch-003.ckpt is damaged (its checksum does not match its"
                + " content)");
    assertThat(second.epochs).containsExactly(3);
    assertSame(run, unbroken);
  }

  @Test
  void finishedSearchIsNotTrainedAgain() {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    SearchResult first = search(plan, run, listener);
    RecordingListener second = new RecordingListener();
    assertThat(search(plan, run, second))
        .isEqualTo(first)
        .isEqualTo(SearchResult.read(run, EPOCHS));
    assertThat(second.steps).isZero();
    assertThat(second.notes).containsExactly("search was complete: nothing left to train");
  }

  @Test
  void resumingWithOtherSettingsIsRefusedByKey() {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    search(plan, run, listener);
    SearchPlan other =
        new SearchPlan(
            plan.settings(),
            plan.supernet(),
            2,
            plan.metric(),
            7,
            ResultKeys.of(Map.of("seed", "7", "search.epochs", "9")));
    assertThatThrownBy(() -> search(other, run, listener))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("was started with other settings (search.epochs was 4, now 9)");
  }

  @Test
  void onlyKeysThatDecideTheResultCount() {
    ResultKeys keys =
        SearchPlan.resultKeys(
            Map.of(
                "seed", "1",
                "search.batch", "4",
                "search.keep-checkpoints", "2",
                "data.path", "p",
                "data.test-limit", "9",
                "retrain.batch", "8",
                "output", "o"));
    assertThat(keys.values()).containsOnlyKeys("seed", "search.batch", "data.path");
  }

  @Test
  void everyEpochIsRecordedUnderTheFixedNames() throws IOException {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    SearchResult result = search(plan, run, listener);
    List<String> lines = run.readLines("search/epochs.jsonl");
    assertThat(lines).hasSize(EPOCHS);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      JsonNode line = JSON.readTree(lines.get(epoch));
      assertThat(names(line))
          .containsExactly(
              "epoch",
              "temperature",
              "trainAccuracy",
              "validationAccuracy",
              "trainLoss",
              "validationLoss",
              "alphaEntropy",
              "skipConnections",
              "genotype",
              "discretisedAccuracy",
              "discretisationGap",
              "alphaEigenvalue",
              "alphaRanking",
              "temperatureGaps",
              "lambdas",
              "seconds",
              "imagesPerSecond");
      assertThat(names(line.get("skipConnections"))).containsExactly("normal", "reduction");
      assertThat(names(line.get("genotype"))).containsExactly("normal", "reduction");
      assertThat(line.get("epoch").asInt()).isEqualTo(epoch);
      assertThat(line.get("temperature").asDouble()).isCloseTo(5 - epoch * 4.0 / 3, within(1e-12));
      assertThat(line.get("genotype").get("normal").asText())
          .isEqualTo(CellPair.of(result.epochs().get(epoch).genotype()).normal().text());
    }
    // the toy problem can be learnt: the record follows the training
    assertThat(result.epochs().get(3).trainLoss()).isLessThan(result.epochs().get(0).trainLoss());
    assertThat(result.epochs().get(3).validationFigure()).isGreaterThan(0.5);
    assertThat(listener.steps).isEqualTo(EPOCHS * 3);
  }

  @Test
  void alphaFileHoldsTheMixingWeightsOfTheEpochsTemperature() throws IOException {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    SearchResult result = search(plan, run, listener);
    JsonNode alpha = JSON.readTree(run.readText("search/alpha/epoch-000.json"));
    assertThat(names(alpha))
        .containsExactly(
            "formatVersion",
            "epoch",
            "temperature",
            "operations",
            "normal",
            "reduction",
            "alphaNormal",
            "alphaReduction",
            "alphaMore");
    assertThat(alpha.get("operations"))
        .extracting(JsonNode::asText)
        .containsExactly("none", "skip_connect", "sep_conv_3x3");
    assertThat(alpha.get("normal")).hasSize(5);
    double entropy = 0;
    for (String cell : List.of("normal", "reduction")) {
      for (int edge = 0; edge < 5; edge++) {
        JsonNode raw =
            alpha.get(cell.equals("normal") ? "alphaNormal" : "alphaReduction").get(edge);
        double sum = 0;
        for (JsonNode value : raw) {
          sum += Math.exp(value.asDouble() / 5);
        }
        for (int k = 0; k < 3; k++) {
          double p = Math.exp(raw.get(k).asDouble() / 5) / sum;
          assertThat(alpha.get(cell).get(edge).get(k).asDouble()).isCloseTo(p, within(1e-6));
          entropy -= p * Math.log(p) / 10;
        }
      }
    }
    assertThat(result.epochs().get(0).alphaEntropy()).isCloseTo(entropy, within(1e-5));
    assertThat(run.list("search/alpha")).hasSize(EPOCHS);
  }

  @Test
  void collapseIsSaidOnce() {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    SupernetSettings onlySkips = new SupernetSettings(4, 2, 2, 3, List.of(Operation.SKIP_CONNECT));
    SearchPlan collapsing =
        new SearchPlan(plan.settings(), onlySkips, 2, plan.metric(), 7, plan.keys());
    search(collapsing, create("run"), listener);
    assertThat(listener.warnings)
        .containsExactly(
            "epoch 0: the normal cell is collapsing: 4 of its genes are skip connections, more than"
                + " half; later genotypes may be poor");
  }

  private SearchResult search(SearchPlan plan, RunFolder run, SearchListener listener) {
    try (GradientSource source = source(plan)) {
      return new SupernetSearch(plan, (size, edges) -> source, run, listener).run();
    }
  }

  private static GradientSource source(SearchPlan plan) {
    int mixing = plan.supernet().topology().rows() * plan.supernet().operations().size();
    SearchSettings settings = plan.settings();
    return new LocalGradientSource(
        new ToyNetwork(4, 3, mixing),
        new ToyExamples(21, 3),
        settings.replicas(),
        settings.batch(),
        plan.seed());
  }

  private RunFolder create(String name) {
    RunFolder run = RunFolder.create(temporary.resolve(name).toString(), new Configuration());
    run.writeText(RunFolder.CONFIG, "fletch {}");
    return run;
  }

  private static SearchPlan plan(int order, TemperatureSettings.Mode mode) {
    SearchSettings settings =
        new SearchSettings(
            new Darts(),
            order,
            EPOCHS,
            4,
            2,
            1,
            new SgdSettings(0.9, 3e-4),
            new LearningRateSettings(LearningRateSettings.Schedule.COSINE, 0.2, 0.01),
            5,
            new AdamSettings(0.5, 0.999, 1e-8, 1e-3),
            new LearningRateSettings(LearningRateSettings.Schedule.CONSTANT, 0.05, 0.05),
            0,
            new TemperatureSettings(TemperatureSettings.Schedule.LINEAR, 5, 1, mode),
            new AugmentationSettings(0, false, 0),
            new WatchSettings(true, List.of(1.0), 1, 3),
            new StopRule.None(),
            2);
    SupernetSettings supernet =
        new SupernetSettings(
            4, 2, 2, 3, List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3));
    return new SearchPlan(
        settings,
        supernet,
        2,
        Metrics.ACCURACY,
        7,
        ResultKeys.of(Map.of("seed", "7", "search.epochs", "4")));
  }

  /** Bit for bit, but for wall time. */
  private static void assertSame(RunFolder actual, RunFolder expected) {
    Checkpoint a = newest(actual);
    Checkpoint b = newest(expected);
    assertThat(a.nextEpoch()).isEqualTo(b.nextEpoch());
    assertThat(a.counters()).isEqualTo(b.counters());
    assertThat(a.vectors().keySet())
        .containsExactly("alpha", "alpha-optimizer", "statistics", "weights", "weights-optimizer");
    b.vectors()
        .forEach((name, vector) -> assertThat(a.vectors().get(name)).as(name).isEqualTo(vector));
    assertThat(withoutTime(actual)).hasSize(EPOCHS).isEqualTo(withoutTime(expected));
    for (String alpha : expected.list("search/alpha")) {
      assertThat(actual.readText("search/alpha/" + alpha))
          .isEqualTo(expected.readText("search/alpha/" + alpha));
    }
  }

  private static Checkpoint newest(RunFolder run) {
    return new CheckpointFolder(run, "search/checkpoint", 2).newest(w -> fail(w)).orElseThrow();
  }

  private static List<String> withoutTime(RunFolder run) {
    return run.readLines("search/epochs.jsonl").stream()
        .map(l -> l.replaceAll(",\"seconds\".*", ""))
        .toList();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
