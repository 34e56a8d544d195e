package dev.fletch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.data.Batch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.data.StreamShape;
import dev.fletch.engine.MachineRates;
import dev.fletch.engine.Profile;
import dev.fletch.network.CandidateSettings;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSettings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Networks of three weights that count how often they are asked. */
public final class TinyNetworks implements BenchNetworks, TrainableNetwork {
  SupernetSettings settings;
  EdgeSettings edges;
  ImageShape image;
  int classes;
  int batch;
  int gradients;
  int evaluations;
  boolean isClosed;
  final Set<String> mixings = new HashSet<>();
  CellPair genotype;
  CandidateSettings candidate;
  float[] lastWeights;

  @Override
  public String engine() {
    return "tiny 1.0";
  }

  @Override
  public TrainableNetwork supernet(
      SupernetSettings given,
      EdgeSettings ofEdges,
      ImageShape shape,
      int labels,
      int examples,
      int threads) {
    settings = given;
    edges = ofEdges;
    image = shape;
    classes = labels;
    batch = examples;
    return this;
  }

  @Override
  public TrainableNetwork candidate(
      CellPair given,
      CandidateSettings size,
      ImageShape shape,
      int labels,
      int examples,
      int threads) {
    genotype = given;
    candidate = size;
    image = shape;
    batch = examples;
    return this;
  }

  /** A real one, of whatever size is asked for. */
  @Override
  public TrainableNetwork recurrent(
      RecurrentCell cell,
      RecurrentSettings given,
      int nodes,
      StreamShape stream,
      int rows,
      int threads) {
    return new EngineNetworks().recurrent(cell, given, nodes, stream, rows, threads);
  }

  /** 100 for every mixing weight that is not 0. */
  @Override
  public long multiplyAdds(float[] mixing) {
    long sum = 0;
    for (float weight : mixing) {
      sum += weight == 0 ? 0 : 100;
    }
    return sum;
  }

  @Override
  public long bytes() {
    return 4711;
  }

  @Override
  public void profile(Profile into) {
    if (into != null) {
      // over two steps
      for (int i = 0; i < 4; i++) {
        into.add("depthwise 3x3", true, 0.00075, 1_500_000, 3_000_000);
      }
      into.add("head", false, 0.002, 4, 8);
      into.add("head", false, 0, 0, 0);
    }
  }

  @Override
  public MachineRates rates(int threads) {
    return new MachineRates(99, 10, 40);
  }

  @Override
  public int weightCount() {
    return 3;
  }

  @Override
  public int mixingCount() {
    return genotype == null ? 16 : 0;
  }

  @Override
  public int statisticsCount() {
    return 2;
  }

  @Override
  public float[] initialWeights(long seed) {
    return new float[3];
  }

  @Override
  public float[] initialStatistics() {
    return new float[] {0, 1};
  }

  @Override
  public BatchGradients gradients(
      Batch given, long seed, StepId at, float[] weights, float[] mixing, Wanted wanted) {
    assertThat(given.size()).isEqualTo(batch);
    if (genotype == null) {
      checkMixing(mixing);
      assertThat(wanted).isEqualTo(Wanted.BOTH);
    } else {
      assertThat(wanted).isEqualTo(Wanted.WEIGHTS);
    }
    gradients++;
    lastWeights = weights.clone();
    return new BatchGradients(
        new float[] {1, 1, 1}, new float[16], new float[2], new BatchScore(0, 0, given.size()));
  }

  private void checkMixing(float[] mixing) {
    if (edges.sampled()) {
      assertThat(Arrays.copyOf(mixing, 8)).containsOnlyOnce(1).contains(0);
      assertThat(Arrays.copyOfRange(mixing, 8, 16)).containsOnlyOnce(1).contains(0);
    } else {
      assertThat(mixing).containsOnly(1f / 8);
    }
    mixings.add(Arrays.toString(mixing));
  }

  @Override
  public BatchGradients gradientsInEvaluation(
      Batch given, float[] weights, float[] mixing, float[] statistics) {
    throw new AssertionError("not part of the measurement");
  }

  @Override
  public BatchScore evaluate(Batch given, float[] weights, float[] mixing, float[] statistics) {
    evaluations++;
    return new BatchScore(0, 0, given.size());
  }

  @Override
  public float[] logits(Batch given, float[] weights, float[] mixing, float[] statistics) {
    throw new AssertionError("not part of the measurement");
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
