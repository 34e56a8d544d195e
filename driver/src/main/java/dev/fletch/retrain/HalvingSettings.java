package dev.fletch.retrain;

import dev.fletch.settings.Checks;
import java.io.Serializable;
import java.util.List;

/**
 * Successive halving (Jamieson and Talwalkar, 2016, arXiv:1502.07943): at each rung the candidates
 * that trail are stopped, and what is left of the cluster goes to the others.
 *
 * @param rungs epochs after which candidates are compared, growing; empty: all are trained to the
 *     end, as the papers do
 * @param keep share of the candidates that goes on from a rung, at least one
 */
public record HalvingSettings(List<Integer> rungs, double keep) implements Serializable {
  /** Trains all to the end. */
  public static final HalvingSettings OFF = new HalvingSettings(List.of(), 0.5);

  public HalvingSettings {
    rungs = List.copyOf(rungs);
    new Checks()
        .require("rungs", isGrowing(rungs), "must be growing epochs from 1 on, got " + rungs)
        .require("keep", keep > 0 && keep < 1, "must be > 0 and < 1, got " + keep)
        .orThrow();
  }

  private static boolean isGrowing(List<Integer> rungs) {
    int before = 0;
    for (int rung : rungs) {
      if (rung <= before) {
        return false;
      }
      before = rung;
    }
    return true;
  }

  /** How many of {@code candidates} go on. */
  int kept(int candidates) {
    return Math.max(1, (int) Math.ceil(keep * candidates));
  }
}
