package dev.fletch.retrain;

import dev.fletch.data.AugmentationSettings;
import dev.fletch.engine.Computing;
import dev.fletch.network.NetworkSettings;
import dev.fletch.optimizer.EpochStart;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Retraining of candidates from scratch.
 *
 * @param candidates which genotypes, see {@link CandidateLabel}
 * @param seeds one training per candidate and seed
 * @param network size and regularisation; its {@code epochs} are the training's
 * @param computing how each training is computed
 * @param divergenceRetries how often an epoch is begun anew whose loss or gradient is not finite,
 *     from the checkpoint before it and with other random numbers, before the training is given up
 * @param epochStart what a recurrent network remembers when an epoch begins
 */
public record RetrainSettings(
    List<String> candidates,
    List<Long> seeds,
    @Key(inline = true) FanOutSettings fanOut,
    @Key(inline = true) NetworkSettings network,
    int batch,
    @Key(inline = true) Computing computing,
    OptimizerSettings weights,
    @Key("weights") LearningRateSettings weightsRate,
    double gradientClip,
    AugmentationSettings augmentation,
    @Key(inline = true) Protocol protocol,
    int divergenceRetries,
    EpochStart epochStart)
    implements Serializable {
  public RetrainSettings {
    candidates = List.copyOf(candidates);
    seeds = List.copyOf(seeds);
    new Checks()
        .require("candidates", !candidates.isEmpty(), "must name at least one candidate")
        .require("candidates", badCandidates(candidates).isEmpty(), badCandidates(candidates))
        .require("seeds", !seeds.isEmpty(), "must name at least one seed")
        .atLeast("batch", batch, 1)
        .atLeast("gradient-clip", gradientClip, 0)
        .atLeast("divergence-retries", divergenceRetries, 0)
        .require(
            "weights.optimizer",
            weights == null // refused itself, as the protocol may be
                || !weights.averages()
                || protocol == null
                || validates(network, protocol),
            "must not be averaged-sgd while nothing is held out: weights are averaged once the loss on"
                + " held-out examples no longer falls; set validation-portion",
            "validation-portion")
        .orThrow();
  }

  /** Of trainings that are given up when they diverge. */
  public RetrainSettings(
      List<String> candidates,
      List<Long> seeds,
      FanOutSettings fanOut,
      NetworkSettings network,
      int batch,
      Computing computing,
      OptimizerSettings weights,
      LearningRateSettings weightsRate,
      double gradientClip,
      AugmentationSettings augmentation,
      Protocol protocol) {
    this(
        candidates,
        seeds,
        fanOut,
        network,
        batch,
        computing,
        weights,
        weightsRate,
        gradientClip,
        augmentation,
        protocol,
        0,
        EpochStart.ZEROS);
  }

  /** Whether there is something to validate on after every epoch. */
  boolean validates() {
    return validates(network, protocol);
  }

  private static boolean validates(NetworkSettings network, Protocol protocol) {
    return protocol.validates() || (network != null && network.hasValidationText());
  }

  /** Native threads per training. */
  public int threads() {
    return computing.threads();
  }

  /** Whether any candidate comes from a search. */
  public boolean needsSearch() {
    return candidates.stream().map(CandidateLabel::parse).anyMatch(CandidateLabel::needsSearch);
  }

  /** The rules that entries break, each with all of its entries; empty if there are none. */
  private static String badCandidates(List<String> candidates) {
    Map<String, List<String>> broken = new LinkedHashMap<>();
    for (String candidate : candidates) {
      try {
        CandidateLabel.parse(candidate);
      } catch (IllegalArgumentException e) {
        broken.computeIfAbsent(e.getMessage(), rule -> new ArrayList<>()).add(candidate);
      }
    }
    return broken.entrySet().stream()
        .map(e -> e.getKey() + ", got " + String.join(", ", e.getValue()))
        .collect(Collectors.joining("; "));
  }
}
