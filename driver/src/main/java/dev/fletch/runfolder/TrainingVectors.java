package dev.fletch.runfolder;

import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.StateVectors;
import dev.fletch.optimizer.Carried;
import dev.fletch.optimizer.Optimizer;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.optimizer.OptimizerState;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.optimizer.WeightAverage;
import java.util.Map;
import java.util.TreeMap;

/** The training of w in a checkpoint: in a search as in a retraining. */
public final class TrainingVectors {
  private static final String WEIGHTS = "weights";
  private static final String STATISTICS = "statistics";
  private static final String CARRIED = "carried";
  private static final String CARRIED_OF_ALPHA = "carried-of-alpha";
  private static final String AVERAGE = "weights-average";
  private static final String AVERAGED_SINCE = "weights-average-since-epoch";

  private TrainingVectors() {}

  /** Where a training from scratch begins. */
  public static TrainingState initial(
      GradientSource source, OptimizerSettings optimizer, long seed) {
    return new TrainingState(
        source.initialWeights(seed),
        optimizer.optimizer(source.size().weights()),
        source.initialStatistics(),
        Carried.nothing(source.size().carried()));
  }

  /**
   * Adds what {@link #restore} needs. Without copying: the checkpoint is to be written before the
   * next step.
   */
  public static void put(
      TrainingState state, Map<String, float[]> vectors, Map<String, Long> counters) {
    vectors.put(WEIGHTS, state.weightsOnHost());
    vectors.put(STATISTICS, state.statisticsOnHost());
    putOptimizer(WEIGHTS, state.optimizer(), vectors, counters);
    if (state.carried().length() > 0) {
      vectors.put(CARRIED, state.carried().ofWeights());
      vectors.put(CARRIED_OF_ALPHA, state.carried().ofAlpha());
    }
    state
        .average()
        .ifPresent(
            average -> {
              vectors.put(AVERAGE, average.mean());
              counters.put(AVERAGE, average.steps());
              counters.put(AVERAGED_SINCE, (long) average.since());
            });
  }

  /** What {@link #restore} needs. Without copying: to be used before the next step. */
  public static StateVectors vectors(TrainingState state) {
    Map<String, float[]> vectors = new TreeMap<>();
    Map<String, Long> counters = new TreeMap<>();
    put(state, vectors, counters);
    return new StateVectors(vectors, counters);
  }

  /** The training as it was when the checkpoint was made. */
  public static TrainingState restore(
      Checkpoint from, NetworkSize size, OptimizerSettings optimizer) {
    TrainingState state =
        new TrainingState(
            from.vector(WEIGHTS, size.weights()),
            restoreOptimizer(WEIGHTS, from, size.weights(), optimizer),
            from.vector(STATISTICS, size.statistics()),
            carried(from, size.carried()));
    if (isAveraged(from)) {
      state.averageFrom(
          new WeightAverage(
              Math.toIntExact(from.counter(AVERAGED_SINCE)),
              from.vector(AVERAGE, size.weights()),
              from.counter(AVERAGE)));
    }
    return state;
  }

  private static Carried carried(Checkpoint from, int length) {
    return length == 0
        ? Carried.nothing(0)
        : new Carried(from.vector(CARRIED, length), from.vector(CARRIED_OF_ALPHA, length));
  }

  private static boolean isAveraged(Checkpoint from) {
    return from.counters().containsKey(AVERAGED_SINCE);
  }

  /** w of a finished training: the weights that its result is of, which may be averages. */
  public static float[] weights(Checkpoint from, int length) {
    boolean averaged = isAveraged(from) && from.counter(AVERAGE) > 0;
    return from.vector(averaged ? AVERAGE : WEIGHTS, length);
  }

  /** Running statistics of a finished training. */
  public static float[] statistics(Checkpoint from, int length) {
    return from.vector(STATISTICS, length);
  }

  public static void putOptimizer(
      String of, Optimizer optimizer, Map<String, float[]> vectors, Map<String, Long> counters) {
    OptimizerState state = optimizer.state();
    vectors.put(optimizerName(of), state.values());
    counters.put(optimizerName(of), state.steps());
  }

  public static Optimizer restoreOptimizer(
      String of, Checkpoint from, int parameters, OptimizerSettings settings) {
    String name = optimizerName(of);
    float[] values = from.vector(name, settings.statePerParameter() * parameters);
    Optimizer optimizer = settings.optimizer(parameters);
    optimizer.restore(new OptimizerState(values, from.counter(name)));
    return optimizer;
  }

  private static String optimizerName(String of) {
    return of + "-optimizer";
  }
}
