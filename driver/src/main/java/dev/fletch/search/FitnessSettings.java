package dev.fletch.search;

import dev.fletch.data.AugmentationSettings;
import dev.fletch.engine.Computing;
import dev.fletch.network.CandidateSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;

/**
 * How the fitness of a genome is measured: its network is trained for a short time on the w portion
 * of the data, and scored on the alpha portion.
 *
 * @param parallel how many trainings run at a time; changes nothing but how long a search takes
 * @param network its size and regularisation; its {@code epochs} are the training's
 * @param computing how each training is computed
 * @param gradientClip global L2 norm at which the gradient is clipped; 0 switches clipping off
 */
public record FitnessSettings(
    int parallel,
    @Key(inline = true) CandidateSettings network,
    int batch,
    @Key(inline = true) Computing computing,
    OptimizerSettings weights,
    @Key("weights") LearningRateSettings weightsRate,
    double gradientClip,
    AugmentationSettings augmentation)
    implements Serializable {
  public FitnessSettings {
    new Checks()
        .atLeast("parallel", parallel, 1)
        .atLeast("batch", batch, 1)
        .atLeast("gradient-clip", gradientClip, 0)
        .require(
            "weights.optimizer",
            weights == null || !weights.averages(), // null: refused itself
            "must not be averaged-sgd: weights are averaged in trainings from scratch only")
        .orThrow();
  }

  /** Native threads per training. */
  public int threads() {
    return computing.threads();
  }
}
