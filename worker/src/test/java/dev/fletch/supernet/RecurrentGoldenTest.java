package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fletch.architecture.Operation;
import dev.fletch.architecture.PublishedRecurrentCells;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.bilevel.AlphaGradient;
import dev.fletch.bilevel.BilevelStep;
import dev.fletch.bilevel.SearchState;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.data.StreamBatch;
import dev.fletch.data.StreamShape;
import dev.fletch.engine.recurrent.LanguageModelPass;
import dev.fletch.engine.recurrent.Masks;
import dev.fletch.network.RecurrentNetwork;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.Wanted;
import dev.fletch.nn.recurrent.LanguageModelNetwork;
import dev.fletch.nn.recurrent.RecurrentDropout;
import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.optimizer.Carried;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.replica.LocalGradientSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Language models and their search against values recorded from the recurrent half of the reference
 * implementation of DARTS (float32, PyTorch autograd). Reads every case in the folder given by
 * {@code golden.rnn.dir}, all settings from its json; see {@link RecurrentCase}.
 */
class RecurrentGoldenTest {
  private static final double FORWARD = 1e-4;
  private static final double GRADIENT = 1e-3;

  /** Finite differences amplify rounding. */
  private static final double SECOND_ORDER = 5e-3;

  private static final double STEPPED = 1e-3;

  /** Of how alpha moved, in L2 norm. */
  private static final double ALPHA_MOVEMENT = 2e-2;

  @TestFactory
  Stream<DynamicNode> recordedWindows() throws IOException, URISyntaxException {
    return tests("rnn-windows", RecurrentGoldenTest::windows);
  }

  @TestFactory
  Stream<DynamicNode> firstGradients() throws IOException, URISyntaxException {
    return tests("rnn-search", RecurrentGoldenTest::first);
  }

  @TestFactory
  Stream<DynamicNode> searchSteps() throws IOException, URISyntaxException {
    return tests("rnn-search", RecurrentGoldenTest::steps);
  }

  /** The sizes that are published, of a vocabulary of 10,000 words. */
  @Test
  void publishedSizes() {
    StreamShape stream = new StreamShape(10_000, 35);
    RecurrentSettings search = new RecurrentSettings(300, RecurrentDropout.NONE, 0, 0);
    RecurrentSettings training = new RecurrentSettings(850, RecurrentDropout.NONE, 0, 0);
    RecurrentCell cell = PublishedRecurrentCells.find("DARTS_V2_RNN").orElseThrow();
    RecurrentCell enas = PublishedRecurrentCells.find("ENAS_RNN").orElseThrow();
    try (var supernet = new RecurrentSupernet(search, 8, Operation.RECURRENT, stream, 256, 1);
        var network = new RecurrentNetwork(cell, training, stream, 64, 1);
        var plain = new RecurrentNetwork(RecurrentCell.PLAIN, training, stream, 64, 1);
        var mean = new RecurrentNetwork(enas, search, new StreamShape(5, 3), 2, 1)) {
      assertThat(supernet.weightCount()).isEqualTo(4_810_000);
      assertThat(supernet.mixingCount()).isEqualTo(180);
      assertThat(network.publishedSize()).isEqualTo(22_960_000);
      assertThat(plain.publishedSize()).isEqualTo(10_000 * 851 + 2 * 850 * 850);
      assertThat(mean.weightCount()).isEqualTo(5 * 301 + (4 + 11 * 2) * 300 * 300);
    }
  }

  private interface Check {
    void of(RecurrentCase golden, Deviations deviations);
  }

  private static Stream<DynamicNode> tests(String format, Check check)
      throws IOException, URISyntaxException {
    List<Path> cases = files(format);
    assertThat(cases).as("cases of the format %s in %s", format, folder()).isNotEmpty();
    return cases.stream()
        .map(
            file ->
                dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      RecurrentCase golden = RecurrentCase.read(file);
                      Deviations deviations = new Deviations(golden.arrays());
                      check.of(golden, deviations);
                      deviations.assertNone();
                    }));
  }

  private static void first(RecurrentCase golden, Deviations deviations) {
    try (RecurrentSupernet network = golden.supernet()) {
      float[] weights = golden.weights("param/", network.weightSlots());
      float[] alpha = golden.arrays().floats("alpha");
      Relaxation relaxation = new SoftmaxRelaxation(golden.operations().size(), 1);
      StreamBatch batch = golden.batch("step0/xv", "step0/yv", new float[0]);
      BatchGradients gradients =
          network.gradients(
              batch, 0, new StepId(0, 0), weights, relaxation.mixing(alpha), Wanted.LOSS_BOTH);

      deviations.check("first/loss_valid", gradients.score().lossSum() / batch.size(), FORWARD);
      deviations.check("first/hidden_valid_after", gradients.carried(), FORWARD);
      deviations.checkSlots(
          "first/grad/", network.weightSlots(), gradients.weights().array(), GRADIENT);
      deviations.check(
          "first/grad_alpha", relaxation.alphaGradient(alpha, gradients.mixing()), GRADIENT);
    }
  }

  private static void steps(RecurrentCase golden, Deviations deviations) {
    int order = golden.integer("order");
    Relaxation relaxation = new SoftmaxRelaxation(golden.operations().size(), 1);
    RecurrentSupernet network = golden.supernet();
    try (var source = new LocalGradientSource(network, golden, 1, golden.integer("batch"), 0)) {
      float[] weights = golden.weights("param/", network.weightSlots());
      float[] alpha = golden.arrays().floats("alpha");
      var training =
          new TrainingState(
              weights,
              golden.sgd().optimizer(weights.length),
              network.initialStatistics(),
              Carried.nothing(source.size().carried()));
      var state = new SearchState(training, alpha, golden.adam().optimizer(alpha.length));
      double clip = golden.number("grad_clip");
      var step =
          new BilevelStep(source, AlphaGradient.ofOrder(order, golden.unrolled(), clip), clip);
      var rates = new BilevelStep.Rates(golden.number("learning_rate"), golden.number("arch_lr"));
      for (int k = 0; k < golden.integer("steps"); k++) {
        BilevelStep.Result result = step.take(state, relaxation, new StepId(0, k), rates);
        checkStep(golden, deviations, "step" + k + "/", result, state);
        deviations.checkSlots(
            "step" + k + "/param/", network.weightSlots(), training.weightsOnHost(), STEPPED);
      }
      deviations.checkSlots(
          "final/param/", network.weightSlots(), training.weightsOnHost(), STEPPED);
      checkEvaluation(golden, deviations, network, state, relaxation);
    }
  }

  private static void checkStep(
      RecurrentCase golden,
      Deviations deviations,
      String step,
      BilevelStep.Result result,
      SearchState state) {
    boolean first = golden.integer("order") == 1;
    TrainingState training = state.training();
    deviations.check(step + "loss_valid", result.validation().loss(), FORWARD);
    deviations.check(step + "grad_alpha", result.alphaGradient(), first ? GRADIENT : SECOND_ORDER);
    deviations.check(step + "alpha", state.alpha(), STEPPED);
    deviations.checkMovement(
        step + "alpha",
        golden.arrays().floats("alpha"),
        golden.arrays().floats(step + "alpha"),
        state.alpha(),
        ALPHA_MOVEMENT);
    deviations.check(step + "loss_train", result.train().loss(), FORWARD);
    deviations.check(step + "grad_norm", result.gradientNorm(), GRADIENT);
    deviations.check(step + "hidden_train_after", training.carried().of(Portion.WEIGHTS), STEPPED);
    deviations.check(step + "hidden_valid_after", training.carried().of(Portion.ALPHA), STEPPED);
    float[] statistics = training.statisticsOnHost();
    int half = statistics.length / 2;
    deviations.check(step + "running_mean", Arrays.copyOf(statistics, half), STEPPED);
    deviations.check(
        step + "running_var", Arrays.copyOfRange(statistics, half, statistics.length), STEPPED);
  }

  private static void checkEvaluation(
      RecurrentCase golden,
      Deviations deviations,
      RecurrentSupernet network,
      SearchState state,
      Relaxation relaxation) {
    StreamBatch batch = golden.batch("final/xe", "final/ye", new float[0]);
    float[] w = state.training().weightsOnHost();
    float[] mixing = relaxation.mixing(state.alpha());
    float[] statistics = state.training().statisticsOnHost();
    BatchScore score = network.evaluate(batch, w, mixing, statistics);
    deviations.check("final/loss_eval", score.lossSum() / score.examples(), STEPPED);
    deviations.check("final/log_prob_eval", network.logits(batch, w, mixing, statistics), STEPPED);
  }

  private static void windows(RecurrentCase golden, Deviations deviations) {
    try (LanguageModelNetwork network = golden.network();
        LanguageModelPass pass = network.pass(golden.integer("batch"))) {
      float[] weights = golden.weights("param/", network.weightSlots());
      float[] mixing = new float[0];
      Relaxation relaxation = new SoftmaxRelaxation(golden.operations().size(), 1);
      if (golden.isSearch()) {
        mixing = relaxation.mixing(golden.arrays().floats("alpha"));
      }
      for (int w = 0; w < golden.integer("windows"); w++) {
        String window = "window" + w + "/";
        StreamBatch batch =
            golden.batch(
                window + "x", window + "y", golden.arrays().floats(window + "hidden_before"));
        LanguageModelPass.Gradients gradients =
            pass.backward(
                weights,
                network.ofCell(mixing),
                new LanguageModelPass.Words(batch.tokens(), batch.targets(), batch.state()),
                masks(golden),
                new LanguageModelPass.Regularisation(
                    golden.number("activation_regularisation"),
                    golden.number("slowness_regularisation")),
                null,
                true);
        deviations.check(window + "log_prob", pass.logProbabilities(batch.times()), FORWARD);
        deviations.check(window + "outputs", pass.outputs(batch.times()), FORWARD);
        if (golden.number("dropout") > 0) {
          float[] dropped = pass.droppedOutputs();
          deviations.check(window + "dropped_outputs", dropped, FORWARD);
        }
        deviations.check(window + "hidden_after", pass.memory(batch.times()), FORWARD);
        deviations.check(window + "loss", gradients.result().lossSum() / batch.size(), FORWARD);
        deviations.check(window + "activation_term", gradients.result().activation(), FORWARD);
        deviations.check(window + "slowness_term", gradients.result().slowness(), FORWARD);
        deviations.checkSlots(
            window + "grad/", network.weightSlots(), gradients.weights(), GRADIENT);
        if (golden.isSearch()) {
          float[] alpha = golden.arrays().floats("alpha");
          deviations.check(
              window + "grad_alpha", relaxation.alphaGradient(alpha, gradients.mixing()), GRADIENT);
        }
      }
    }
  }

  private static Masks masks(RecurrentCase golden) {
    if (golden.number("dropout") == 0) {
      return Masks.NONE;
    }
    return new Masks(
        golden.arrays().floats("mask/embedding"),
        golden.arrays().floats("mask/input"),
        golden.arrays().floats("mask/x"),
        golden.arrays().floats("mask/h"),
        golden.arrays().floats("mask/output"));
  }

  private static Path folder() throws URISyntaxException {
    String given = System.getProperty("golden.rnn.dir");
    if (given == null) {
      return Path.of(RecurrentGoldenTest.class.getResource("/golden-rnn").toURI());
    }
    // Maven runs tests in the module's folder; a person names the folder from where Maven is
    // called.
    Path fromRoot = Path.of("..").resolve(given);
    return Files.isDirectory(fromRoot) ? fromRoot : Path.of(given);
  }

  /** The cases of a format, by name. */
  private static List<Path> files(String format) throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> GoldenCase.readJson(file).path("format").asText().equals(format))
          .sorted()
          .toList();
    }
  }
}
