package dev.fletch.run;

import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.engine.PlanTooLargeException;
import dev.fletch.method.Composition;
import dev.fletch.method.Method;
import dev.fletch.method.SearchSpace;
import dev.fletch.method.Stage;
import dev.fletch.supernet.OperationMask;
import dev.fletch.supernet.SupernetNetwork;
import dev.fletch.task.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * What the stages of a search are made of, as far as it can be known before it. Where a stage's
 * operations depend on the one before, the largest ones are assumed.
 */
final class PlannedStages {
  private final RunConfig config;
  private final DataHeader data;
  private final List<Composition> compositions = new ArrayList<>();

  PlannedStages(RunConfig config, DataHeader data) {
    this.config = config;
    this.data = data;
    Method method = config.search().method();
    SearchSpace space = config.space();
    OperationMask mask = OperationMask.ALL;
    for (int epoch = 0; epoch < space.epochs(); ) {
      Stage stage = method.stage(space, epoch, mask);
      Composition composition = method.compose(space, stage);
      boolean isKnown =
          compositions.stream()
              .anyMatch(
                  c ->
                      c.supernet().equals(composition.supernet())
                          && c.edges().equals(composition.edges()));
      if (!isKnown) {
        compositions.add(composition);
      }
      epoch = stage.end();
      if (epoch < space.epochs()) {
        mask = method.maskAfter(space, stage, largest(space));
      }
    }
  }

  private static float[] largest(SearchSpace space) {
    double[] shares = space.shares();
    float[] strength = new float[shares.length];
    for (int i = 0; i < strength.length; i++) {
      strength[i] = (float) shares[i];
    }
    return strength;
  }

  /** Different supernets, in the order of the search. */
  List<Composition> compositions() {
    return compositions;
  }

  /** Weights of the largest supernet; alpha does not count. */
  long weights() {
    return compositions.stream()
        .mapToLong(
            c -> ParameterCounts.supernet(c.supernet(), c.edges(), data.input(), Task.of(data)))
        .max()
        .orElseThrow();
  }

  /** Native memory of the largest replica, laid out without taking it. */
  long replicaBytes() {
    return compositions.stream().mapToLong(this::replicaBytes).max().orElseThrow();
  }

  private long replicaBytes(Composition composition) {
    try (SupernetNetwork supernet = supernet(composition)) {
      return supernet.bytes();
    }
  }

  /**
   * Lays every replica out, which takes little time.
   *
   * @throws PlanTooLargeException if one of them does not fit into any memory
   */
  void requireBuildable() {
    for (Composition composition : compositions) {
      try (SupernetNetwork supernet = supernet(composition)) {
        supernet.requireBuildable();
      }
    }
  }

  private SupernetNetwork supernet(Composition composition) {
    return composition
        .supernet()
        .network(composition.edges(), data.input(), Task.of(data), config.search().batch(), 1);
  }
}
