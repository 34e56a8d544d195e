package dev.fletch.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.BaselineGenomes;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genome;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenBatch;
import dev.fletch.data.TokenShape;
import dev.fletch.data.text.Vocabulary;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.nn.Wanted;
import dev.fletch.task.Classification;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Candidate networks for texts that drop parts of word vectors and inputs of the classifier. */
class TextDropoutTest {
  private static final CellPair GENOTYPE =
      CellPair.parse(
          "normal=[sep_conv_3+relu:0,attention:1|max_pool_3:1,dil_conv_3:2] "
              + "reduction=[identity:0,avg_pool_3:1|sep_conv_5:0,max_pool_3:2]");
  private static final Genome GENOME =
      BaselineGenomes.find("baseline-transformer-block").orElseThrow();
  private static final TokenShape SHAPE = new TokenShape(9, 12);
  private static final TokenBatch BATCH = DoublePlan.randomTexts(SHAPE, 2, 5, 1, 8, 3);

  private static CandidateNetwork network(EmbeddingSettings embedding, double dropout) {
    CandidateSettings settings =
        new CandidateSettings(8, 2, Stem.CIFAR, 1, 0, 0, 2, 0, List.of(), embedding, dropout);
    return new CandidateNetwork(GENOTYPE, settings, SHAPE, new Classification(2), 4, 1);
  }

  private static ArchitectureNetwork genomeNetwork(EmbeddingSettings embedding, double dropout) {
    CandidateSettings settings =
        new CandidateSettings(8, 2, Stem.CIFAR, 1, 0, 0, 2, 0, List.of(), embedding, dropout);
    return new GenomeNetwork(GENOME, settings, SHAPE, new Classification(2), 4, 1);
  }

  private static BatchGradients gradients(ArchitectureNetwork network, long seed, StepId at) {
    return network.gradients(
        BATCH, seed, at, network.initialWeights(1), new float[0], Wanted.WEIGHTS);
  }

  @Test
  void gradientsAreThoseOfTheLoss() {
    try (CandidateNetwork network = network(new EmbeddingSettings(6, 0.3, 0.3), 0.4);
        DoublePlan plan =
            DoublePlan.of(
                network, BATCH, new StepId(0, 3), network.initialWeights(3), new float[0])) {
      plan.differentiate();
      double[] gradient = plan.pass().weightGradient().array().clone();
      CentralDifferences.check("weight", plan::loss, plan.pass().weights().array(), gradient, 60);
    }
  }

  /** With probability p all but certain to drop something, every step drops something else. */
  @Test
  void whatIsDroppedIsAFunctionOfSeedEpochAndStep() {
    for (ArchitectureNetwork network :
        List.of(
            network(new EmbeddingSettings(0, 0.5, 0), 0),
            network(new EmbeddingSettings(0, 0, 0.5), 0),
            network(EmbeddingSettings.PLAIN, 0.5),
            genomeNetwork(new EmbeddingSettings(0, 0.5, 0), 0),
            genomeNetwork(new EmbeddingSettings(0, 0, 0.5), 0),
            genomeNetwork(EmbeddingSettings.PLAIN, 0.5))) {
      try (network) {
        float[] one = gradients(network, 1, new StepId(2, 3)).weights().array();
        assertThat(gradients(network, 1, new StepId(2, 3)).weights().array()).isEqualTo(one);
        assertThat(gradients(network, 2, new StepId(2, 3)).weights().array()).isNotEqualTo(one);
        assertThat(gradients(network, 1, new StepId(1, 3)).weights().array()).isNotEqualTo(one);
        assertThat(gradients(network, 1, new StepId(2, 4)).weights().array()).isNotEqualTo(one);
      }
    }
  }

  @Test
  void evaluationsDropNothing() {
    try (CandidateNetwork plain = network(EmbeddingSettings.PLAIN, 0);
        CandidateNetwork dropping = network(new EmbeddingSettings(0, 0.5, 0.5), 0.5)) {
      float[] weights = plain.initialWeights(5);
      assertThat(dropping.initialWeights(5)).isEqualTo(weights);
      float[] statistics = plain.initialStatistics();
      assertThat(dropping.logits(BATCH, weights, new float[0], statistics))
          .isEqualTo(plain.logits(BATCH, weights, new float[0], statistics));
    }
  }

  /** A dropped word is the unknown one: what a table with one vector for all words gives. */
  @Test
  void droppedWordsAreUnknown() {
    try (CandidateNetwork plain = network(EmbeddingSettings.PLAIN, 0);
        CandidateNetwork dropping = network(new EmbeddingSettings(0, 0, 0.9999999), 0)) {
      float[] weights = plain.initialWeights(5);
      TokenBatch unknown =
          new TokenBatch(
              SHAPE,
              IntStream.of(BATCH.tokens()).map(word -> Vocabulary.UNKNOWN).toArray(),
              BATCH.lengths(),
              BATCH.targets(),
              BATCH.examples());
      StepId at = new StepId(1, 2);
      assertThat(
              dropping
                  .gradients(BATCH, 1, at, weights, new float[0], Wanted.WEIGHTS)
                  .weights()
                  .array())
          .isEqualTo(
              plain
                  .gradients(unknown, 1, at, weights, new float[0], Wanted.WEIGHTS)
                  .weights()
                  .array());
    }
  }
}
