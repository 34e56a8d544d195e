package dev.fletch.search;

import dev.fletch.architecture.Operation;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metrics;
import dev.fletch.method.Method;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.supernet.SupernetSpace;
import dev.fletch.toy.ToyExamples;
import dev.fletch.toy.ToyNetwork;
import java.util.List;
import java.util.Map;

/** Searches that take no time, with any method. */
final class Toys {
  static final List<Operation> OPERATIONS =
      List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);
  static final SupernetSettings SUPERNET = new SupernetSettings(8, 5, 2, 3, OPERATIONS);
  static final long SEED = 7;
  static final OptimizerSettings ADAM = new AdamSettings(0.5, 0.999, 1e-8, 1e-3);

  private Toys() {}

  static SearchPlan plan(Method method, int epochs) {
    return plan(method, epochs, ADAM, new StopRule.None());
  }

  static SearchPlan plan(Method method, int epochs, OptimizerSettings alpha, StopRule stop) {
    return plan(method, epochs, alpha, stop, 1);
  }

  /** At a constant temperature. */
  static SearchPlan plan(
      Method method, int epochs, OptimizerSettings alpha, StopRule stop, double temperature) {
    SearchSettings settings =
        new SearchSettings(
            method,
            1,
            epochs,
            4,
            2,
            1,
            new SgdSettings(0.9, 3e-4),
            new LearningRateSettings(LearningRateSettings.Schedule.COSINE, 0.2, 0.01),
            5,
            alpha,
            new LearningRateSettings(LearningRateSettings.Schedule.CONSTANT, 0.05, 0.05),
            0,
            new TemperatureSettings(
                TemperatureSettings.Schedule.CONSTANT,
                temperature,
                temperature,
                TemperatureSettings.Mode.SOFTMAX),
            new AugmentationSettings(0, false, 0),
            new WatchSettings(true, List.of(0.5), 1, 3),
            stop,
            2);
    return new SearchPlan(
        settings, SUPERNET, 2, Metrics.ACCURACY, SEED, ResultKeys.of(Map.of("seed", "7")));
  }

  /** A network that takes the mixing weights of such a supernet. */
  static GradientSource source(SupernetSpace size, EdgeSettings edges) {
    int columns = size.operations().size() + edges.extraColumns();
    return new LocalGradientSource(
        new ToyNetwork(4, 3, size.topology().rows() * columns), new ToyExamples(21, 3), 2, 4, SEED);
  }
}
