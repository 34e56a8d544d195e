package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.DartsDerivation;
import dev.fletch.bilevel.AlphaGradient;
import dev.fletch.bilevel.BilevelStep;
import dev.fletch.bilevel.SearchState;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.task.Classification;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Supernet, bilevel steps and genotype against values recorded from the reference implementation of
 * DARTS (float32, PyTorch autograd). Reads every case in the folder given by {@code golden.dir},
 * all settings from its json; see {@link GoldenCase}.
 */
class GoldenParityTest {
  private static final double FORWARD = 1e-4;
  private static final double FIRST_ORDER = 1e-3;

  /** Finite differences amplify rounding. */
  private static final double SECOND_ORDER = 5e-3;

  private static final double STEPPED = 1e-3;

  /**
   * Of how alpha moved, in L2 norm. Adam's first steps have the size of the rate whatever the
   * gradient's, so rounding turns the few elements round whose gradient is nearly 0.
   */
  private static final double ALPHA_MOVEMENT = 0.3;

  private static final String GENOTYPES = "genotypes.json";

  /** That of darts-temperature.json, the last case that was recorded before them. */
  private static final double TEMPERATURE_OF_THE_BUNDLED_GENOTYPES = 2.5;

  @TestFactory
  Stream<DynamicNode> recordedSearches() throws IOException, URISyntaxException {
    List<Path> cases = files(file -> isCase(file) && isWanted(file));
    assertThat(cases).as("cases in %s", folder()).isNotEmpty();
    return cases.stream()
        .map(
            file ->
                dynamicContainer(
                    file.getFileName().toString(),
                    Stream.of(
                        dynamicTest("first gradients", () -> firstGradients(file)),
                        dynamicTest("search steps", () -> searchSteps(file)))));
  }

  /** Whether a case that there is should be looked at. */
  boolean isWanted(Path file) {
    return true;
  }

  /**
   * Where the folder has them. The file does not name the temperature at which the reference
   * derived them, and the ranking of edges depends on it, since none's share does. So one
   * temperature, 1 or that of a case beside the file or of the bundled one, must give all of them.
   */
  @TestFactory
  Stream<DynamicNode> recordedGenotypes() throws IOException, URISyntaxException {
    Set<Double> temperatures = new TreeSet<>(Set.of(1.0, TEMPERATURE_OF_THE_BUNDLED_GENOTYPES));
    for (Path file : files(GoldenParityTest::isCase)) {
      temperatures.add(GoldenCase.readJson(file).required("temperature").doubleValue());
    }
    return files(f -> f.endsWith(GENOTYPES)).stream()
        .map(file -> dynamicTest(GENOTYPES, () -> genotypes(file, temperatures)));
  }

  private static void firstGradients(Path file) {
    GoldenCase golden = GoldenCase.read(file);
    StepId at = new StepId(0, 0);
    ImageBatch batch = golden.training(Portion.ALPHA, at, 0, 1, golden.integer("batch"));
    float[] alpha = golden.bothCells("alpha/");
    Relaxation relaxation = relaxation(golden);
    Deviations deviations = new Deviations(golden);
    try (Supernet network = supernet(golden)) {
      float[] weights = weights(network, golden);
      BatchGradients gradients =
          network.gradients(batch, 0, at, weights, relaxation.mixing(alpha), Wanted.BOTH);

      deviations.check("first/logits_valid", network.lastLogits(), FORWARD);
      double loss = gradients.score().lossSum() / batch.size();
      deviations.check("first/loss_valid", loss, FORWARD);
      deviations.checkSlots("first/grad/", network, gradients.weights().array(), FIRST_ORDER);
      float[] alphaGradient = relaxation.alphaGradient(alpha, gradients.mixing());
      deviations.checkCells("first/grad_alpha/", alphaGradient, FIRST_ORDER);
    }
    deviations.assertNone();
  }

  private static void searchSteps(Path file) {
    GoldenCase golden = GoldenCase.read(file);
    // The displacement of the central difference is part of the method, not a setting.
    assertThat(golden.number("hvp_epsilon")).isEqualTo(0.01);
    int order = golden.integer("order");
    Relaxation relaxation = relaxation(golden);
    Deviations deviations = new Deviations(golden);
    Supernet network = supernet(golden);
    try (var source = new LocalGradientSource(network, golden, 1, golden.integer("batch"), 0)) {
      SearchState state = state(network, golden).at(source.place());
      var step = new BilevelStep(source, AlphaGradient.ofOrder(order), golden.number("grad_clip"));
      var rates = new BilevelStep.Rates(golden.number("eta"), golden.number("arch_lr"));
      for (int k = 0; k < golden.integer("steps"); k++) {
        BilevelStep.Result result = step.take(state, relaxation, new StepId(0, k), rates);
        checkStep(deviations, "step" + k, result, order == 1 ? FIRST_ORDER : SECOND_ORDER);
        deviations.checkCells("step" + k + "/alpha/", state.alpha(), STEPPED);
        deviations.checkMovement("step" + k + "/alpha/", state.alpha(), ALPHA_MOVEMENT);
      }
      deviations.checkSlots("final/param/", network, state.training().weightsOnHost(), STEPPED);
      deviations
          .softly()
          .assertThat(derive(golden.supernet(), relaxation.mixing(state.alpha())))
          .isEqualTo(golden.finalGenotype());
    }
    deviations.assertNone();
  }

  private static void checkStep(
      Deviations deviations, String step, BilevelStep.Result result, double alphaTolerance) {
    deviations.checkCells(step + "/grad_alpha/", result.alphaGradient(), alphaTolerance);
    deviations.check(step + "/loss_train", result.train().loss(), FORWARD);
    deviations.check(step + "/grad_norm", result.gradientNorm(), FIRST_ORDER);
  }

  private static void genotypes(Path file, Set<Double> temperatures) {
    GoldenGenotypes recorded = GoldenGenotypes.read(file);
    assertThat(recorded.size()).isPositive();

    Map<Double, List<Integer>> differing = new TreeMap<>();
    temperatures.forEach(t -> differing.put(t, recorded.differing(t)));

    assertThat(differing).as("genotypes that differ, by temperature").containsValue(List.of());
  }

  private static CellPair derive(SupernetSettings settings, float[] mixing) {
    ArchitectureParameters parameters = ArchitectureParameters.of(settings);
    return new DartsDerivation()
        .derive(
            parameters.normal(mixing),
            parameters.reduction(mixing),
            settings.operations(),
            settings.nodes());
  }

  private static Relaxation relaxation(GoldenCase golden) {
    int operations = golden.supernet().operations().size();
    return new SoftmaxRelaxation(operations, golden.number("temperature"));
  }

  private static Supernet supernet(GoldenCase golden) {
    return new Supernet(
        golden.supernet(),
        golden.input(),
        new Classification(golden.classes()),
        golden.integer("batch"),
        1);
  }

  private static SearchState state(Supernet network, GoldenCase golden) {
    float[] weights = weights(network, golden);
    float[] alpha = golden.bothCells("alpha/");
    var training =
        new TrainingState(
            weights, golden.sgd().optimizer(weights.length), network.initialStatistics());
    return new SearchState(training, alpha, golden.adam().optimizer(alpha.length));
  }

  /** The recorded initial weights in our order; every name must be known on both sides. */
  private static float[] weights(Supernet network, GoldenCase golden) {
    assertThat(network.weightSlots().stream().map(slot -> slot.name()))
        .containsExactlyInAnyOrderElementsOf(golden.arrays().under("param/").toList());
    assertThat(network.weightCount()).isEqualTo(golden.integer("params"));
    float[] weights = new float[network.weightCount()];
    for (var slot : network.weightSlots()) {
      Npz.Values values = golden.arrays().get("param/" + slot.name());
      assertThat(slot.shape()).as(slot.name()).containsExactly(values.shape());
      System.arraycopy(values.floats(), 0, weights, slot.offset(), values.values().length);
    }
    return weights;
  }

  private static Path folder() throws URISyntaxException {
    String given = System.getProperty("golden.dir");
    if (given == null) {
      return Path.of(GoldenParityTest.class.getResource("/golden").toURI());
    }
    // Maven runs tests in the module's folder; a person names the folder from where Maven is
    // called.
    Path fromRoot = Path.of("..").resolve(given);
    return Files.isDirectory(fromRoot) ? fromRoot : Path.of(given);
  }

  /** Records of other things name their format. */
  private static boolean isCase(Path json) {
    String name = json.getFileName().toString();
    return Files.exists(json.resolveSibling(name.replaceFirst("json$", "npz")))
        && !GoldenCase.readJson(json).has("format");
  }

  /** The json files that {@code wanted} accepts, by name. */
  private static List<Path> files(Predicate<Path> wanted) throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(f -> f.toString().endsWith(".json")).filter(wanted).sorted().toList();
    }
  }
}
