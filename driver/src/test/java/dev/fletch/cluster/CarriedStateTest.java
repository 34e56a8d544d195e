package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.bilevel.AlphaGradient;
import dev.fletch.bilevel.BilevelStep;
import dev.fletch.bilevel.SearchState;
import dev.fletch.bilevel.StepProcedure;
import dev.fletch.bilevel.UnrolledSettings;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.ScoreSum;
import dev.fletch.gradient.StateVectors;
import dev.fletch.gradient.StepFollower;
import dev.fletch.nn.MixingFunction;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import dev.fletch.nn.WeightRange;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.replica.Dealing;
import dev.fletch.replica.ExchangeSettings;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.TrainingVectors;
import dev.fletch.toy.ToyExamples;
import dev.fletch.toy.ToyMemory;
import dev.fletch.toy.ToyStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network remembers goes with the driver, whoever computes and whoever averages. */
class CarriedStateTest {
  private static final int ROWS = 2;
  private static final int EPOCHS = 2;
  private static final SgdSettings SGD = new SgdSettings(0.5, 1e-3);
  private static SparkCluster cluster;

  @BeforeAll
  static void start() {
    cluster = LocalSpark.open();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** Networks that remember. */
  private record Remembering() implements ReplicaFactory {
    @Override
    public ExampleSource examples(Configuration hadoop) {
      return new ToyStream(60);
    }

    @Override
    public TrainableNetwork network(ExampleSource examples) {
      return new ToyMemory(ROWS, 2);
    }
  }

  /** Alpha is what mixes. */
  private static final class Identity implements MixingFunction {
    @Override
    public float[] mixing(float[] alpha) {
      return alpha.clone();
    }

    @Override
    public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
      return mixingGradient;
    }
  }

  /** An epoch of unrolled steps; alpha travels beside the training of w. */
  private record Epoch(int number) implements EpochWork<Score> {
    @Override
    public Done<Score> carryOut(StateVectors start, GradientSource source, StepFollower follower) {
      TrainingState training =
          TrainingVectors.restore(Checkpoint.of(number, start), source.size(), SGD);
      float[] alpha = start.vectors().get("alpha");
      SearchState state = new SearchState(training, alpha, SGD.optimizer(2));
      UnrolledSettings recurrent = new UnrolledSettings(true, UnrolledSettings.Embedding.KEPT);
      StepProcedure step = new BilevelStep(source, AlphaGradient.ofOrder(2, recurrent, 0.25), 0.25);
      ScoreSum scores = new ScoreSum();
      for (int s = 0; s < source.steps(Portion.WEIGHTS, 0); s++) {
        StepProcedure.Rates rates = new StepProcedure.Rates(0.5, 0.1);
        scores.add(step.take(state, new Identity(), new StepId(number, s), rates).train());
      }
      return new Done<>(vectors(training, alpha), scores.mean());
    }
  }

  private static StateVectors vectors(TrainingState training, float[] alpha) {
    Map<String, float[]> vectors = new TreeMap<>(TrainingVectors.vectors(training).vectors());
    vectors.put("alpha", alpha);
    return new StateVectors(vectors, TrainingVectors.vectors(training).counters());
  }

  private static StateVectors train(GradientSource source) {
    StateVectors state =
        vectors(TrainingVectors.initial(source, SGD, 5), new float[] {0.2f, -0.1f});
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      state = source.carryOut(new Epoch(epoch), state, step -> {}).state();
    }
    return state;
  }

  private static LocalGradientSource local(int replicas) {
    return new LocalGradientSource(
        new ToyMemory(ROWS, 2), new ToyStream(60), replicas, ROWS, LocalSpark.SEED);
  }

  /** Five replicas are more than the driver adds up by itself. */
  @ParameterizedTest(name = "{0} replicas")
  @ValueSource(ints = {1, 2, 4, 5})
  void everySourceCarriesTheSameBits(int replicas) {
    StateVectors expected;
    try (GradientSource source = local(replicas)) {
      expected = train(source);
    }
    assertThat(expected.vectors().get("carried")).hasSize(ROWS * replicas).doesNotContain(0);
    assertThat(expected.vectors().get("carried-of-alpha"))
        .hasSize(ROWS * replicas)
        .doesNotContain(0);

    ExchangeSettings among = new ExchangeSettings(ExchangeSettings.Where.EXECUTORS, 60);
    try (GradientSource driver =
            cluster.gradients("driver", new Remembering(), replicas, ROWS, LocalSpark.SEED);
        GradientSource executors =
            cluster.gradients(
                "executors", new Remembering(), replicas, ROWS, LocalSpark.SEED, among);
        GradientSource peers =
            new PeersInThreads(
                new Remembering(), Dealing.even(replicas, Math.min(3, replicas)), ROWS)) {
      for (GradientSource source : List.of(driver, executors, peers)) {
        assertThat(source.size())
            .isEqualTo(new NetworkSize(3, 2, 1, ROWS * replicas, new WeightRange(0, 1)));
        assertThat(train(source).checksum())
            .as(source.getClass().getSimpleName())
            .isEqualTo(expected.checksum());
      }
    }
  }

  /** By hand: a row that remembers nothing, and another state for each replica. */
  @Test
  void everyReplicaReadsItsOwnPart() {
    try (GradientSource source = local(2)) {
      Floats w = Floats.of(new float[] {1, 0, 0});
      GradientRequest request =
          new GradientRequest(
              Portion.WEIGHTS, new StepId(0, 1), Wanted.WEIGHTS, new float[] {0, 4, 8, 12});

      float[] behind = source.gradients(request, List.of(w), new float[2]).get(0).carried();
      float[] alone =
          source
              .gradients(
                  new GradientRequest(Portion.WEIGHTS, new StepId(0, 1), Wanted.WEIGHTS),
                  List.of(w),
                  new float[2])
              .get(0)
              .carried();

      // two words halve what was remembered twice
      for (int row = 0; row < 4; row++) {
        assertThat(behind[row]).isCloseTo(alone[row] + row, within(1e-6f));
      }
    }
  }

  @Test
  void theRateOfAStepIsThatOfItsWindowEverywhere() {
    try (GradientSource local = local(2);
        GradientSource spark =
            cluster.gradients("rates", new Remembering(), 2, ROWS, LocalSpark.SEED)) {
      for (StepId at :
          List.of(new StepId(0, 0), new StepId(0, 1), new StepId(3, 0), new StepId(3, 0, 1))) {
        assertThat(spark.rateFactor(Portion.WEIGHTS, at))
            .isEqualTo(local.rateFactor(Portion.WEIGHTS, at))
            .isEqualTo((at.epoch() + at.step()) % 2 == 0 ? 1 : 0.5);
      }
    }
    try (GradientSource images =
        cluster.gradients("images", new ToyReplicas(7), 1, 3, LocalSpark.SEED)) {
      assertThat(images.rateFactor(Portion.WEIGHTS, new StepId(1, 1))).isEqualTo(1);
    }
  }

  @Test
  void anotherNumberOfReplicasOrExamplesWithoutAnOrderAreRefused() {
    try (GradientSource source = local(2)) {
      GradientRequest request =
          new GradientRequest(Portion.WEIGHTS, new StepId(0, 0), Wanted.WEIGHTS, new float[ROWS]);
      assertThatThrownBy(
              () -> source.gradients(request, List.of(Floats.of(new float[3])), new float[2]))
          .hasMessage(
              "Cannot use 2 carried values: the network has 4; they belong to another"
                  + " configuration");
    }
    try (GradientSource source =
        new LocalGradientSource(new ToyMemory(3, 2), new ToyExamples(7, 1), 1, 3, 1)) {
      GradientRequest request =
          new GradientRequest(Portion.WEIGHTS, new StepId(0, 0), Wanted.WEIGHTS);
      assertThatThrownBy(
              () -> source.gradients(request, List.of(Floats.of(new float[3])), new float[2]))
          .hasMessage(
              "Cannot train a network that remembers on examples that do not follow each other:"
                  + " 1x2x2");
    }
  }
}
