package dev.fletch.retrain;

import dev.fletch.data.LabelNames;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metric;
import java.io.Serializable;
import java.util.List;

/**
 * A finished training of one candidate with one seed.
 *
 * @param metric what ranks trainings, and what the figures of this one are
 * @param testFigure measured after the last epoch
 * @param confusion of the same measurement; unknown in results of older versions
 * @param classNames in order of the labels, as in {@code confusion}; numbers where the data or an
 *     older version has no names
 * @param best by test data; {@link BestEpoch#NONE} unless the protocol looked at it every epoch
 * @param cost of the network without the auxiliary head, as papers publish it
 * @param seconds wall time of all epochs and evaluations, also over interruptions
 * @param imagesPerSecond while training, evaluations aside; NaN in results of older versions
 * @param epochs that were trained
 */
public record TrainingResult(
    String candidate,
    long seed,
    Metric metric,
    double testFigure,
    double testLoss,
    ConfusionMatrix confusion,
    List<String> classNames,
    BestEpoch best,
    NetworkCost cost,
    double seconds,
    double imagesPerSecond,
    int epochs)
    implements Serializable {
  public TrainingResult {
    classNames =
        classNames.isEmpty() ? LabelNames.numbers(confusion.classes()) : List.copyOf(classNames);
  }

  /** Of classes without names. */
  public TrainingResult(
      String candidate,
      long seed,
      Metric metric,
      double testFigure,
      double testLoss,
      ConfusionMatrix confusion,
      BestEpoch best,
      NetworkCost cost,
      double seconds,
      double imagesPerSecond,
      int epochs) {
    this(
        candidate,
        seed,
        metric,
        testFigure,
        testLoss,
        confusion,
        List.of(),
        best,
        cost,
        seconds,
        imagesPerSecond,
        epochs);
  }

  /**
   * The epoch with the best test figure: chosen on test data, so too good an estimate.
   *
   * @param epoch the first that reached it; -1 if it was not looked for
   * @param testFigure NaN if it was not looked for
   */
  public record BestEpoch(int epoch, double testFigure) implements Serializable {
    public static final BestEpoch NONE = new BestEpoch(-1, Double.NaN);
  }

  /**
   * What a network takes.
   *
   * @param parameters number of weights
   * @param multiplyAdds of its convolutions and linear layers for one example, of texts one of
   *     their mean length; 0 when unknown, as in results of older versions
   */
  public record NetworkCost(long parameters, long multiplyAdds) implements Serializable {}
}
