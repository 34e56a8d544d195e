package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fletch.data.StepId;
import dev.fletch.data.StreamBatch;
import dev.fletch.engine.recurrent.LanguageModelPass;
import dev.fletch.engine.recurrent.Masks;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.Wanted;
import dev.fletch.nn.recurrent.LanguageModelNetwork;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Language models and their search against values recorded from the recurrent half of the reference
 * implementation of DARTS (float32, PyTorch autograd). Reads every case in the folder given by
 * {@code golden.rnn.dir}, all settings from its json; see {@link RecurrentCase}.
 */
class RecurrentGoldenTest {
  private static final double FORWARD = 1e-4;
  private static final double GRADIENT = 1e-3;

  @TestFactory
  Stream<DynamicNode> recordedWindows() throws IOException, URISyntaxException {
    return tests("rnn-windows", RecurrentGoldenTest::windows);
  }

  @TestFactory
  Stream<DynamicNode> firstGradients() throws IOException, URISyntaxException {
    return tests("rnn-search", RecurrentGoldenTest::first);
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

      deviations.check(
          "first/loss_valid", gradients.score().lossSum() / batch.size(), FORWARD);
      deviations.check("first/hidden_valid_after", gradients.carried(), FORWARD);
      deviations.checkSlots("first/grad/", network.weightSlots(), gradients.weights(), GRADIENT);
      deviations.check(
          "first/grad_alpha", relaxation.alphaGradient(alpha, gradients.mixing()), GRADIENT);
    }
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
          float[] dropped = pass.droppedOutputs(batch.times());
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
              window + "grad_alpha",
              relaxation.alphaGradient(alpha, gradients.mixing()),
              GRADIENT);
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
