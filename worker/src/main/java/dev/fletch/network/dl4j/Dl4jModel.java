package dev.fletch.network.dl4j;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genome;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.task.Classification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A trained candidate network as a DL4J {@link ComputationGraph}: normalised images {@code [N, C,
 * H, W]} to probabilities {@code [N, classes]}. The auxiliary head stays behind.
 */
public final class Dl4jModel implements AutoCloseable {
  private final ComputationGraph graph;
  private final Architecture genotype;

  private Dl4jModel(ComputationGraph graph, Architecture genotype) {
    this.graph = graph;
    this.genotype = genotype;
  }

  /**
   * @param weights as {@link Networks} has them, auxiliary head included
   * @param statistics running means and variances, of the auxiliary head too
   * @throws IllegalArgumentException if all nodes of a cell are isolated, nothing leads to a
   *     genome's output, an operation cannot be written in DL4J's layers, or a vector has another
   *     length
   */
  public static Dl4jModel of(
      Architecture genotype,
      CandidateSettings settings,
      ImageShape shape,
      int classes,
      float[] weights,
      float[] statistics) {
    try (ArchitectureNetwork network =
        Networks.of(genotype, settings, shape, new Classification(classes), 1, 1)) {
      if (weights.length != network.weightCount()
          || statistics.length != network.statisticsCount()) {
        throw new IllegalArgumentException(
            "Cannot export %d weights and %d statistics: the network has %d and %d"
                .formatted(
                    weights.length,
                    statistics.length,
                    network.weightCount(),
                    network.statisticsCount()));
      }
      if (genotype instanceof Genome genome) {
        GenomeLayout layout = new GenomeLayout(genome, settings, shape, classes);
        return new Dl4jModel(
            filled(layout.configuration(), layout.dilations(), network, weights, statistics),
            genome);
      }
      CellPair cells = CellPair.of(genotype).connected();
      GraphLayout layout = new GraphLayout(cells, settings, shape, classes);
      return new Dl4jModel(
          filled(layout.configuration(), layout.dilations(), network, weights, statistics), cells);
    }
  }

  private static ComputationGraph filled(
      ComputationGraphConfiguration configuration,
      Map<String, Integer> dilations,
      ArchitectureNetwork network,
      float[] weights,
      float[] statistics) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    new ParameterTransfer(graph, dilations).copy(network, weights, statistics);
    return graph;
  }

  /** In DL4J's own format, without updater: what {@code ModelSerializer} restores. */
  public byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(graph, bytes, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** {@code [N, classes]}, in inference mode. */
  public float[] probabilities(ImageBatch batch) {
    ImageShape shape = batch.input();
    long[] sizes = {batch.size(), shape.channels(), shape.height(), shape.width()};
    try (INDArray images = Nd4j.create(batch.images(), sizes, 'c')) {
      return graph.outputSingle(images).dup('c').data().asFloat();
    }
  }

  /**
   * The largest difference between a probability of this model and what {@code logits} come to.
   *
   * @param logits {@code [N, classes]} that the engine gave for {@code batch}
   */
  public double differenceFrom(float[] logits, ImageBatch batch) {
    float[] probabilities = probabilities(batch);
    int classes = probabilities.length / batch.size();
    double largest = 0;
    for (int from = 0; from < logits.length; from += classes) {
      double sum = 0;
      for (int k = from; k < from + classes; k++) {
        sum += Math.exp(logits[k]);
      }
      for (int k = from; k < from + classes; k++) {
        double difference = Math.abs(probabilities[k] - Math.exp(logits[k]) / sum);
        // a NaN has to stand out
        largest = difference <= largest ? largest : difference;
      }
    }
    return largest;
  }

  /** How each operation of the genotype is written in DL4J's layers, by its name; for people. */
  public Map<String, String> expressions() {
    return Expressions.of(genotype);
  }

  @Override
  public void close() {
    graph.close();
  }
}
