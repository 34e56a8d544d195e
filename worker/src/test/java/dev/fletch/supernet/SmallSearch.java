package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Operation;
import dev.fletch.bilevel.AlphaGradient;
import dev.fletch.bilevel.BilevelStep;
import dev.fletch.bilevel.SearchState;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.StateVectors;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.optimizer.OptimizerState;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.task.Classification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Epochs of a small search, from its start or from where another one was: two replicas, of which
 * one has a smaller minibatch in the last step and the other none. W is where the source keeps it.
 */
final class SmallSearch implements AutoCloseable {
  private static final ImageShape IMAGES = new ImageShape(2, 5, 5);
  static final int BATCH = 3;
  private static final int CLASSES = 4;
  private static final double CLIP = 0.5;
  private static final List<Operation> OPERATIONS =
      List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);
  private static final SupernetSettings SPACE = new SupernetSettings(4, 3, 2, 3, OPERATIONS);
  static final RandomImages EXAMPLES = new RandomImages(IMAGES, CLASSES, 8);
  static final long SEED = 5;
  private static final SoftmaxRelaxation RELAXATION = new SoftmaxRelaxation(OPERATIONS.size(), 1);

  /** What an epoch leaves. */
  record Left(StateVectors state, List<Score> scores) {}

  private final OptimizerSettings optimizer;
  private final int order;
  private final Supernet network;
  final GradientSource source;

  SmallSearch(OptimizerSettings optimizer, int order) {
    this(optimizer, order, SmallSearch::local);
  }

  SmallSearch(OptimizerSettings optimizer, int order, Function<Supernet, GradientSource> source) {
    this.optimizer = optimizer;
    this.order = order;
    this.network = new Supernet(SPACE, IMAGES, new Classification(CLASSES), BATCH, 1);
    this.source = source.apply(network);
  }

  private static GradientSource local(Supernet network) {
    return new LocalGradientSource(network, EXAMPLES, 2, BATCH, SEED);
  }

  StateVectors start() {
    int length = source.size().weights();
    float[] alpha = new float[source.size().mixing()];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = 1e-3f * (i % 7);
    }
    return new StateVectors(
        Map.of(
            "w", source.initialWeights(1),
            "statistics", source.initialStatistics(),
            "of w", optimizer.optimizer(length).state().values(),
            "alpha", alpha,
            "of alpha", adam().optimizer(alpha.length).state().values()),
        Map.of("of w", 0L, "of alpha", 0L));
  }

  private static AdamSettings adam() {
    return new AdamSettings(0.5, 0.999, 1e-8, 1e-3);
  }

  SearchState restore(StateVectors from) {
    StateVectors own = from.copy();
    float[] w = own.vectors().get("w");
    float[] alpha = own.vectors().get("alpha");
    TrainingState training =
        new TrainingState(w, optimizer.optimizer(w.length), own.vectors().get("statistics"));
    SearchState state = new SearchState(training, alpha, adam().optimizer(alpha.length));
    training
        .optimizer()
        .restore(new OptimizerState(own.vectors().get("of w"), own.counters().get("of w")));
    state
        .alphaOptimizer()
        .restore(new OptimizerState(own.vectors().get("of alpha"), own.counters().get("of alpha")));
    return state.at(source.place());
  }

  static StateVectors saved(SearchState state) {
    OptimizerState ofW = state.training().optimizer().state();
    OptimizerState ofAlpha = state.alphaOptimizer().state();
    return new StateVectors(
        Map.of(
            "w", state.training().weightsOnHost(),
            "statistics", state.training().statisticsOnHost(),
            "of w", ofW.values(),
            "alpha", state.alpha(),
            "of alpha", ofAlpha.values()),
        Map.of("of w", ofW.steps(), "of alpha", ofAlpha.steps()));
  }

  /** Steps, and an evaluation. */
  List<Score> epoch(SearchState state, int epoch) {
    BilevelStep step = new BilevelStep(source, AlphaGradient.ofOrder(order), CLIP);
    List<Score> scores = new ArrayList<>();
    for (int s = 0; s < source.steps(Portion.WEIGHTS, 0); s++) {
      BilevelStep.Result result =
          step.take(state, RELAXATION, new StepId(epoch, s), new BilevelStep.Rates(0.02, 3e-3));
      assertThat(result.gradientNorm()).as("clipped").isGreaterThan(CLIP);
      scores.add(result.train());
      scores.add(result.validation());
    }
    TrainingState w = state.training();
    scores.add(
        source.evaluate(
            Portion.ALPHA, w.weights(), RELAXATION.mixing(state.alpha()), w.statistics()));
    return scores;
  }

  Left epochFrom(StateVectors start, int epoch) {
    try (SearchState state = restore(start)) {
      List<Score> scores = epoch(state, epoch);
      return new Left(saved(state), scores);
    }
  }

  @Override
  public void close() {
    source.close();
    network.close();
  }
}
