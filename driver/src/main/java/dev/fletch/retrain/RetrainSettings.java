package dev.fletch.retrain;

import dev.fletch.data.AugmentationSettings;
import dev.fletch.network.CandidateSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;
import java.util.List;

/**
 * Retraining of candidates from scratch.
 *
 * @param candidates which genotypes, see {@link CandidateLabel}
 * @param seeds one training per candidate and seed
 * @param network size and regularisation; its {@code epochs} are the training's
 * @param threads native threads per training
 */
public record RetrainSettings(
    List<String> candidates,
    List<Long> seeds,
    @Key(inline = true) FanOutSettings fanOut,
    @Key(inline = true) CandidateSettings network,
    int batch,
    int threads,
    OptimizerSettings weights,
    @Key("weights") LearningRateSettings weightsRate,
    double gradientClip,
    AugmentationSettings augmentation,
    @Key(inline = true) Protocol protocol)
    implements Serializable {
  public RetrainSettings {
    candidates = List.copyOf(candidates);
    seeds = List.copyOf(seeds);
    new Checks()
        .require("candidates", !candidates.isEmpty(), "must name at least one candidate")
        .require("candidates", badCandidate(candidates) == null, badCandidate(candidates))
        .require("seeds", !seeds.isEmpty(), "must name at least one seed")
        .atLeast("batch", batch, 1)
        .atLeast("threads", threads, 1)
        .atLeast("gradient-clip", gradientClip, 0)
        .orThrow();
  }

  /** Whether any candidate comes from a search. */
  public boolean needsSearch() {
    return candidates.stream().map(CandidateLabel::parse).anyMatch(CandidateLabel::needsSearch);
  }

  /** The rule that an entry breaks, or null. */
  private static String badCandidate(List<String> candidates) {
    for (String candidate : candidates) {
      try {
        CandidateLabel.parse(candidate);
      } catch (IllegalArgumentException e) {
        return e.getMessage() + ", got " + candidate;
      }
    }
    return null;
  }
}
