package dev.fletch.search;

import dev.fletch.architecture.Architecture;
import dev.fletch.gradient.Metric;
import java.util.Optional;

/**
 * One epoch of a search after its training, or one generation: a line of {@code
 * search/epochs.jsonl}. A number that is not finite is null there.
 *
 * @param epoch from 0
 * @param metric what ranks epochs, and what the figures of this one are
 * @param trainFigure over the epoch's w minibatches, each scored before its step; of a generation,
 *     that of its best genome
 * @param validationFigure over the alpha portion, in evaluation mode, after the last step; of a
 *     supernet with batch statistics of the mixing weights at that time
 * @param genotype derived after the last step, by the method's rule; the best genome of a
 *     generation
 * @param seconds wall time, with the validation; of a generation also over interruptions, as {@link
 *     GenerationClock} counts it
 * @param imagesPerSecond examples that trained w per second of training, without the validation; of
 *     a generation, per second of all
 * @param details what only a supernet has, or only a generation
 */
public record EpochRecord(
    int epoch,
    Metric metric,
    double trainFigure,
    double validationFigure,
    double trainLoss,
    double validationLoss,
    Architecture genotype,
    double seconds,
    double imagesPerSecond,
    EpochDetails details) {
  /** Of a supernet; see {@link AlphaDetails}. */
  public EpochRecord(
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
    this(
        epoch,
        metric,
        trainFigure,
        validationFigure,
        trainLoss,
        validationLoss,
        genotype,
        seconds,
        imagesPerSecond,
        new AlphaDetails(temperature, alphaEntropy, watch));
  }

  /** Of a supernet's epoch; empty for a generation. */
  public Optional<AlphaDetails> alpha() {
    return details instanceof AlphaDetails alpha ? Optional.of(alpha) : Optional.empty();
  }

  /** Of a generation; empty for a supernet's epoch. */
  public Optional<GenerationDetails> generation() {
    return details instanceof GenerationDetails generation
        ? Optional.of(generation)
        : Optional.empty();
  }

  /** T of the epoch; NaN where there is none. */
  public double temperature() {
    return alpha().map(AlphaDetails::temperature).orElse(Double.NaN);
  }

  /** Mean entropy of the edges' mixing weights, in nats; NaN where there are none. */
  public double alphaEntropy() {
    return alpha().map(AlphaDetails::alphaEntropy).orElse(Double.NaN);
  }

  /** What else was measured of a supernet. */
  public Watch watch() {
    return alpha().map(AlphaDetails::watch).orElse(Watch.NOTHING);
  }

  /**
   * The discretisation gap: by how much the validation figure of the discretised network with the
   * same w is worse than the supernet's; NaN if not measured.
   */
  public double discretisationGap() {
    return watch().gap(metric, validationFigure);
  }

  /** What it is one of. */
  public Round round() {
    return Round.of(genotype);
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
