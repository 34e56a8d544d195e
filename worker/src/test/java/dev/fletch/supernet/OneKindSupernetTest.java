package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Operation;
import dev.fletch.data.Batch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenShape;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.task.Classification;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The supernet of whole structures: one kind of cell, pools between cells, activations. */
class OneKindSupernetTest {
  private static final int CLASSES = 3;
  private static final ImageShape SHAPE = new ImageShape(2, 5, 7);
  private static final TokenShape TEXTS = new TokenShape(7, 6);
  private static final SupernetSettings SETTINGS =
      settings(
          List.of("none", "identity", "sep_conv_3", "max_pool_3"),
          List.of(Activation.IDENTITY, Activation.TANH));

  private static SupernetSettings settings(List<String> names, List<Activation> activations) {
    List<Operation> operations = names.stream().map(Operation::new).toList();
    return new SupernetSettings(
        4, 3, 2, 1, operations, activations, 1, List.of(1, 2), EmbeddingSettings.PLAIN);
  }

  @Test
  void candidatesArePairsOfOperationAndActivation() {
    assertThat(SETTINGS.operations())
        .extracting(Operation::text)
        .containsExactly(
            "none",
            "identity",
            "identity+tanh",
            "sep_conv_3",
            "sep_conv_3+tanh",
            "max_pool_3",
            "max_pool_3+tanh");
    assertThat(SETTINGS.activations()).isEmpty();
    assertThat(SETTINGS.withLayers(5).operations()).isEqualTo(SETTINGS.operations());
    assertThat(ArchitectureParameters.of(SETTINGS).count()).isEqualTo(5 * 7);
  }

  @Test
  void bothKindsOfRowsAreThoseOfTheOneKind() {
    ArchitectureParameters layout = ArchitectureParameters.of(SETTINGS);
    float[] mixing = layout.initial(3);

    assertThat(layout.reduction(mixing)).isDeepEqualTo(layout.normal(mixing));
    float[] even = new float[layout.count()];
    Arrays.fill(even, 1f / 7);
    assertThat(layout.entropy(even).overall()).isEqualTo(layout.entropy(even).normal());
  }

  @Test
  void hasTheGradientForImagesAndTexts() {
    check(SETTINGS, DoublePlan.randomBatch(SHAPE, 3, CLASSES));
    check(SETTINGS, DoublePlan.randomTexts(TEXTS, CLASSES, 7, 1, 4));
  }

  private static void check(SupernetSettings settings, Batch batch) {
    Classification task = new Classification(CLASSES);
    Random random = new Random(17);
    float[] mixing = new float[ArchitectureParameters.of(settings).count()];
    for (int i = 0; i < mixing.length; i++) {
      mixing[i] = random.nextFloat();
    }
    try (Supernet network = new Supernet(settings, batch.input(), task, 4, 1);
        DoublePlan plan =
            DoublePlan.of(network, batch, new StepId(0, 0), network.initialWeights(3), mixing)) {
      plan.differentiate();
      double[] weightGradient = plan.pass().weightGradient().array().clone();
      double[] mixingGradient = plan.pass().mixingGradient().array().clone();
      CentralDifferences.check(
          "weight", plan::loss, plan.pass().weights().array(), weightGradient, 6);
      CentralDifferences.check(
          "mixing weight", plan::loss, plan.pass().mixing().array(), mixingGradient, 6);
    }
  }
}
