package dev.fletch.report;

import dev.fletch.architecture.Genotype;
import dev.fletch.search.Watch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the search did.
 *
 * @param method for example {@code darts}
 * @param order 1 or 2
 * @param seconds wall time of the whole search
 * @param epochs in order of training; may be empty
 * @param alphas softmaxed alpha of some or all epochs, in order of training
 * @param bestEpoch the epoch of the best validation accuracy
 * @param stopReason why it ended; empty when unknown
 * @param beforeCollapse the epoch from before a collapse; absent if there was none
 * @param alphaL1 weight of the sum of |alpha| in alpha's loss; 0 for none
 */
public record SearchReport(
    String method,
    int order,
    double seconds,
    List<Epoch> epochs,
    List<Alpha> alphas,
    OptionalInt bestEpoch,
    String stopReason,
    OptionalInt beforeCollapse,
    double alphaL1) {
  static final String COMPLETED = "completed";
  static final String INTERRUPTED = "interrupted";
  static final String NOT_SEARCHED = "not searched";

  /** Of a search without a collapse and without a penalty. */
  public SearchReport(
      String method,
      int order,
      double seconds,
      List<Epoch> epochs,
      List<Alpha> alphas,
      OptionalInt bestEpoch,
      String stopReason) {
    this(method, order, seconds, epochs, alphas, bestEpoch, stopReason, OptionalInt.empty(), 0);
  }

  public SearchReport {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(bestEpoch, "bestEpoch");
    Objects.requireNonNull(beforeCollapse, "beforeCollapse");
    Objects.requireNonNull(stopReason, "stopReason");
    epochs = List.copyOf(epochs);
    alphas = List.copyOf(alphas);
  }

  /** Absent if there is no epoch. */
  Optional<Epoch> last() {
    return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
  }

  /** Whether a rule ended it before its last epoch. */
  boolean stoppedEarly() {
    return !Set.of("", COMPLETED, INTERRUPTED, NOT_SEARCHED).contains(stopReason);
  }

  /**
   * One epoch of the search, after its training.
   *
   * @param trainAccuracy fraction in [0, 1], like {@code validationAccuracy}
   * @param alphaEntropy mean entropy of the edges' mixing weights, in nats
   * @param seconds wall time
   * @param watch what else was measured
   */
  public record Epoch(
      int epoch,
      double temperature,
      double trainAccuracy,
      double validationAccuracy,
      double trainLoss,
      double validationLoss,
      double alphaEntropy,
      SkipConnections skipConnections,
      Genotype genotype,
      double seconds,
      Watch watch) {
    /** Of which nothing else was measured. */
    public Epoch(
        int epoch,
        double temperature,
        double trainAccuracy,
        double validationAccuracy,
        double trainLoss,
        double validationLoss,
        double alphaEntropy,
        SkipConnections skipConnections,
        Genotype genotype,
        double seconds) {
      this(
          epoch,
          temperature,
          trainAccuracy,
          validationAccuracy,
          trainLoss,
          validationLoss,
          alphaEntropy,
          skipConnections,
          genotype,
          seconds,
          Watch.NOTHING);
    }

    public Epoch {
      Objects.requireNonNull(skipConnections, "skipConnections");
      Objects.requireNonNull(genotype, "genotype");
      Objects.requireNonNull(watch, "watch");
    }

    /** Accuracy of the supernet minus that of the discretised network; NaN if not measured. */
    public double discretisationGap() {
      return watch.gap(validationAccuracy);
    }
  }

  /** How many genes of each cell are skip connections. */
  public record SkipConnections(int normal, int reduction) {}

  /**
   * The mixing weights after an epoch.
   *
   * @param operations names of the columns
   * @param normal [edges][operations], edges numbered node by node, then by input; rows sum to 1
   *     under a softmax
   * @param reduction like {@code normal}
   */
  public record Alpha(
      int epoch,
      double temperature,
      List<String> operations,
      List<List<Double>> normal,
      List<List<Double>> reduction) {
    public Alpha {
      operations = List.copyOf(operations);
      normal = rectangle(normal, operations.size(), "normal");
      reduction = rectangle(reduction, operations.size(), "reduction");
    }

    private static List<List<Double>> rectangle(List<List<Double>> rows, int columns, String cell) {
      for (List<Double> row : rows) {
        if (row.size() != columns) {
          throw new IllegalArgumentException(
              cell
                  + " has a row of "
                  + Figures.counted(row.size(), "number")
                  + " for "
                  + Figures.counted(columns, "operation"));
        }
      }
      return rows.stream().map(List::copyOf).toList();
    }
  }
}
