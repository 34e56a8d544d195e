package dev.fletch.search;

import dev.fletch.bilevel.AlphaGradient;
import dev.fletch.bilevel.UnrolledSettings;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.engine.Computing;
import dev.fletch.method.Darts;
import dev.fletch.method.Method;
import dev.fletch.method.SearchSpace;
import dev.fletch.method.TdDarts;
import dev.fletch.optimizer.EpochStart;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.replica.ExchangeSettings;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import dev.fletch.supernet.SupernetSpace;

/**
 * A search.
 *
 * @param method what is searched with
 * @param order 1 = first order; 2 = unrolled (DARTS paper, equations 5 to 8)
 * @param batch examples per replica and step
 * @param replicas part of the experiment, unlike the number of executors
 * @param computing how each replica is computed
 * @param gradientClip global L2 norm at which the gradient of w is clipped; 0 switches clipping off
 * @param alphaL1 weight of the sum of |alpha| that is added to alpha's loss; 0 for none
 * @param watch what is measured after every epoch
 * @param stop when the search ends early
 * @param keepCheckpoints how many of the latest checkpoints stay
 * @param exchange how gradients of replicas are averaged
 * @param unrolled how the second order is taken
 * @param epochStart what a recurrent network remembers when an epoch begins
 */
public record SearchSettings(
    Method method,
    @Key(words = {"first", "second"}) int order,
    int epochs,
    int batch,
    int replicas,
    @Key(inline = true) Computing computing,
    OptimizerSettings weights,
    @Key("weights") LearningRateSettings weightsRate,
    double gradientClip,
    OptimizerSettings alpha,
    @Key("alpha") LearningRateSettings alphaRate,
    double alphaL1,
    TemperatureSettings temperature,
    AugmentationSettings augmentation,
    WatchSettings watch,
    StopRule stop,
    int keepCheckpoints,
    @Key(inline = true) ExchangeSettings exchange,
    @Key(inline = true) UnrolledSettings unrolled,
    EpochStart epochStart)
    implements SearchSection {
  public SearchSettings {
    new Checks()
        .require("order", order == 1 || order == 2, "must be 1 (first) or 2 (second), got " + order)
        .atLeast("epochs", epochs, 1)
        .atLeast("batch", batch, 1)
        .atLeast("replicas", replicas, 1)
        .atLeast("gradient-clip", gradientClip, 0)
        .atLeast("alpha-l1", alphaL1, 0)
        .atLeast("keep-checkpoints", keepCheckpoints, 1)
        .require(
            "weights.optimizer",
            weights == null || !weights.averages(), // null: refused itself
            "must not be averaged-sgd: weights are averaged in trainings from scratch only")
        .require(
            "alpha.optimizer",
            alpha == null || !alpha.averages(),
            "must not be averaged-sgd: weights are averaged in trainings from scratch only")
        .orThrow();
  }

  /** With gradients averaged by the driver, and what is for recurrent networks left out. */
  public SearchSettings(
      Method method,
      int order,
      int epochs,
      int batch,
      int replicas,
      int threads,
      OptimizerSettings weights,
      LearningRateSettings weightsRate,
      double gradientClip,
      OptimizerSettings alpha,
      LearningRateSettings alphaRate,
      double alphaL1,
      TemperatureSettings temperature,
      AugmentationSettings augmentation,
      WatchSettings watch,
      StopRule stop,
      int keepCheckpoints) {
    this(
        method,
        order,
        epochs,
        batch,
        replicas,
        new Computing(threads),
        weights,
        weightsRate,
        gradientClip,
        alpha,
        alphaRate,
        alphaL1,
        temperature,
        augmentation,
        watch,
        stop,
        keepCheckpoints,
        ExchangeSettings.BY_DRIVER,
        UnrolledSettings.PLAIN,
        EpochStart.ZEROS);
  }

  /** How the gradient of the loss with respect to alpha is taken. */
  AlphaGradient alphaGradient() {
    return AlphaGradient.ofOrder(order, unrolled, gradientClip);
  }

  @Override
  public int threads() {
    return computing.threads();
  }

  @Override
  public int tasks() {
    return replicas;
  }

  /** The method's name; DARTS with a changing temperature is td-darts, however it was asked for. */
  @Override
  public String methodName() {
    boolean changes = temperature.schedule() != TemperatureSettings.Schedule.CONSTANT;
    return method instanceof Darts && changes ? new TdDarts().name() : method.name();
  }

  /**
   * What the method is given to search {@code supernet}.
   *
   * @param dimensions sides of an example: 2 of images, 1 of texts
   */
  public SearchSpace space(SupernetSpace supernet, int dimensions, long seed) {
    return new SearchSpace(supernet, dimensions, seed, epochs, temperature, alphaL1);
  }
}
