package dev.fletch.search;

import dev.fletch.architecture.Architecture;
import dev.fletch.gradient.Metric;

/**
 * One epoch of a search after its training: a line of {@code search/epochs.jsonl}. A number that is
 * not finite is null there.
 *
 * @param epoch from 0
 * @param temperature T of the epoch
 * @param metric what ranks epochs, and what the figures of this one are
 * @param trainFigure over the epoch's w minibatches, each scored before its step
 * @param validationFigure over the alpha portion, in evaluation mode, after the last step, with
 *     batch statistics of the mixing weights at that time
 * @param alphaEntropy mean entropy of the edges' mixing weights, in nats
 * @param genotype derived after the last step, by the method's rule
 * @param seconds wall time, with the validation
 * @param imagesPerSecond examples that trained w per second of training, without the validation
 * @param watch what else was measured
 */
public record EpochRecord(
    int epoch,
    double temperature,
    Metric metric,
    double trainFigure,
    double validationFigure,
    double trainLoss,
    double validationLoss,
    double alphaEntropy,
    Architecture genotype,
    double seconds,
    double imagesPerSecond,
    Watch watch) {
  /**
   * The discretisation gap: the supernet's validation figure minus that of the discretised network
   * with the same w; NaN if not measured.
   */
  public double discretisationGap() {
    return watch.gap(validationFigure);
  }

  /** Of both cells. */
  public SkipConnections skipConnections() {
    return SkipConnections.of(genotype);
  }

  /** Whether its genotype counts as collapsed, see {@link Collapse}. */
  public boolean isCollapsed() {
    return Collapse.is(genotype);
  }

  String toJson() {
    return EpochJson.tree(this).toString();
  }

  /**
   * @throws IllegalArgumentException if {@code line} is no record of an epoch
   */
  static EpochRecord fromJson(String line) {
    return EpochJson.read(line);
  }
}
