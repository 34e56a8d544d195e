package dev.fletch.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Architecture;
import dev.fletch.data.Batch;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.task.Classification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks beside the models that are made of them, which DL4J has written and read again. */
final class ModelComparison {
  private static final float TOLERANCE = 1e-5f;

  private ModelComparison() {}

  /** A model as its users load it. */
  interface Use {
    void of(ComputationGraph model, double[] expected);
  }

  /** Both give the same probabilities, which are not the same for all examples. */
  static void assertSame(Architecture architecture, CandidateSettings settings, Batch batch) {
    assertSame(architecture, settings, batch, TOLERANCE);
  }

  /** As {@link #assertSame(Architecture, CandidateSettings, Batch)}, within a given tolerance. */
  static void assertSame(
      Architecture architecture, CandidateSettings settings, Batch batch, float tolerance) {
    compare(
        architecture,
        settings,
        batch,
        tolerance,
        (model, expected) -> {
          try (INDArray features = Dl4jModel.features(batch)) {
            assertThat(model.outputSingle(features).dup('c').data().asFloat())
                .usingComparatorWithPrecision(tolerance)
                .as("%s", architecture)
                .containsExactly(toFloat(expected));
          }
        });
  }

  /** Gives a model of drawn weights and what the engine's network makes of {@code batch}. */
  static void compare(Architecture architecture, CandidateSettings settings, Batch batch, Use use) {
    compare(architecture, settings, batch, TOLERANCE, use);
  }

  private static void compare(
      Architecture architecture,
      CandidateSettings settings,
      Batch batch,
      float tolerance,
      Use use) {
    try (ArchitectureNetwork network =
        Networks.of(
            architecture,
            settings,
            batch.input(),
            new Classification(SampleNetworks.CLASSES),
            batch.size(),
            1)) {
      float[] weights = SampleNetworks.weights(network);
      float[] statistics = SampleNetworks.statistics(network, batch, weights);
      double[] expected = SampleNetworks.probabilities(network, batch, weights, statistics);
      // otherwise equality would say little
      assertThat(spread(expected)).as("spread of %s", architecture).isGreaterThan(0.01);
      try (Dl4jModel model =
          Dl4jModel.of(
              architecture, settings, batch.input(), SampleNetworks.CLASSES, weights, statistics)) {
        assertThat(model.expressions()).isNotEmpty();
        double difference =
            model.differenceFrom(network.logits(batch, weights, new float[0], statistics), batch);
        assertThat(difference).as("%s", architecture).isBetween(0.0, (double) tolerance);
        ComputationGraph restored = restored(model.zip());
        use.of(restored, expected);
        restored.close();
      }
    }
  }

  private static ComputationGraph restored(byte[] zip) {
    try {
      return ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] toFloat(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** How far the probabilities of two of the examples are apart at most. */
  private static double spread(double[] probabilities) {
    int classes = SampleNetworks.CLASSES;
    double spread = 0;
    for (int at = classes; at < probabilities.length; at++) {
      spread = Math.max(spread, Math.abs(probabilities[at] - probabilities[at % classes]));
    }
    return spread;
  }
}
