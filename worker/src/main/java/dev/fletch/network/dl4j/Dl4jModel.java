package dev.fletch.network.dl4j;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genome;
import dev.fletch.data.Batch;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.data.TokenBatch;
import dev.fletch.data.TokenShape;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.task.Classification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A trained candidate network as a DL4J {@link ComputationGraph}: what {@link #features} makes of
 * examples to probabilities {@code [N, classes]}. The auxiliary head stays behind.
 *
 * <p>Texts of a minibatch may have any lengths: the graph reads off the words for padding where
 * they end, and gives for each text what the network gives. It takes no mask arrays, with which
 * DL4J's convolutions along texts fail.
 */
public final class Dl4jModel implements AutoCloseable {
  private final ComputationGraph graph;
  private final Architecture genotype;
  private final Input input;

  private Dl4jModel(ComputationGraph graph, Architecture genotype, Input input) {
    this.graph = graph;
    this.genotype = genotype;
    this.input = input;
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
      Input input,
      int classes,
      float[] weights,
      float[] statistics) {
    try (ArchitectureNetwork network =
        Networks.of(genotype, settings, input, new Classification(classes), 1, 1)) {
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
      Architecture written =
          genotype instanceof Genome ? genotype : CellPair.of(genotype).connected();
      GraphBlocks blocks = GraphBlocks.of(input);
      if (written instanceof Genome genome) {
        GenomeLayout.layOut(blocks, genome, settings, classes);
      } else {
        CellsLayout.layOut(blocks, CellPair.of(written), settings, classes);
      }
      ComputationGraph graph = new ComputationGraph(blocks.configuration());
      graph.init();
      blocks.parameters().copy(network, weights, statistics, graph);
      return new Dl4jModel(graph, written, input);
    }
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
  public float[] probabilities(Batch batch) {
    try (INDArray features = features(batch)) {
      return graph.outputSingle(features).dup('c').data().asFloat();
    }
  }

  /**
   * What a graph of this form reads: images {@code [N, C, H, W]}, or the numbers of words {@code
   * [N, T]}, T those of the longest text, with {@value TokenShape#PADDING} behind shorter ones.
   */
  public static INDArray features(Batch batch) {
    if (batch instanceof TokenBatch texts) {
      return padded(texts);
    }
    ImageBatch images = (ImageBatch) batch;
    ImageShape shape = images.input();
    long[] sizes = {images.size(), shape.channels(), shape.height(), shape.width()};
    return Nd4j.create(images.images(), sizes, 'c');
  }

  private static INDArray padded(TokenBatch texts) {
    int longest = Arrays.stream(texts.lengths()).max().orElseThrow();
    float[] words = new float[texts.size() * longest];
    Arrays.fill(words, TokenShape.PADDING);
    int from = 0;
    for (int n = 0; n < texts.size(); n++) {
      for (int t = 0; t < texts.lengths()[n]; t++) {
        words[n * longest + t] = texts.tokens()[from++];
      }
    }
    return Nd4j.create(words, new long[] {texts.size(), longest}, 'c');
  }

  /**
   * The largest difference between a probability of this model and what {@code logits} come to.
   *
   * @param logits {@code [N, classes]} that the engine gave for {@code batch}
   */
  public double differenceFrom(float[] logits, Batch batch) {
    float[] probabilities = probabilities(batch);
    int classes = probabilities.length / batch.size();
    double largest = 0;
    for (int from = 0; from < logits.length; from += classes) {
      double[] expected = softmax(Arrays.copyOfRange(logits, from, from + classes));
      for (int k = 0; k < classes; k++) {
        // a NaN stays
        largest = Math.max(largest, Math.abs(probabilities[from + k] - expected[k]));
      }
    }
    return largest;
  }

  private static double[] softmax(float[] logits) {
    float highest = logits[0];
    for (float logit : logits) {
      highest = Math.max(highest, logit);
    }
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] = Math.exp((double) logits[k] - highest);
      sum += probabilities[k];
    }
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] /= sum;
    }
    return probabilities;
  }

  /** How each operation of the genotype is written in DL4J's layers, by its name; for people. */
  public Map<String, String> expressions() {
    return Expressions.of(genotype, input);
  }

  @Override
  public void close() {
    graph.close();
  }
}
