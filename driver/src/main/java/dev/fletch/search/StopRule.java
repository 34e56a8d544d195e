package dev.fletch.search;

import dev.fletch.settings.Checks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** When a search ends before its last epoch; a function of what its epochs recorded. */
public sealed interface StopRule extends Serializable {
  /**
   * The end of a search.
   *
   * @param reason in words
   * @param beforeCollapse the epoch whose genotype to take instead of the last one's; empty if the
   *     last is fine
   */
  record Stop(String reason, OptionalInt beforeCollapse) {}

  /** The end that the last of {@code epochs} calls for, if any. */
  Optional<Stop> check(List<EpochRecord> epochs);

  /** Every epoch is trained. */
  record None() implements StopRule {
    @Override
    public Optional<Stop> check(List<EpochRecord> epochs) {
      return Optional.empty();
    }
  }

  /**
   * The largest eigenvalue of alpha's Hessian has grown too fast (Zela et al., 2020,
   * arXiv:1909.09656, section 4.2; automl/RobustDARTS, {@code EVLocalAvg}). Of the measurements,
   * {@code every} epochs apart, running means over five are taken, each standing for its middle
   * epoch. The search ends when the newest mean is {@code ratio} times the one four measurements
   * before; the genotype to take is the one of that mean's epoch, if it is {@code fromEpoch} or
   * later.
   */
  record Eigenvalue(double ratio, int fromEpoch) implements StopRule {
    private static final int WINDOW = 5;
    private static final int FEWEST = 3;
    private static final int APART = 4;

    public Eigenvalue {
      new Checks().positive("ratio", ratio).atLeast("from-epoch", fromEpoch, 0).orThrow();
    }

    @Override
    public Optional<Stop> check(List<EpochRecord> epochs) {
      List<EpochRecord> measured = epochs.stream().filter(Eigenvalue::counts).toList();
      EpochRecord last = epochs.get(epochs.size() - 1);
      if (measured.size() < 2 || measured.get(measured.size() - 1).epoch() != last.epoch()) {
        return Optional.empty();
      }
      List<Double> means = new ArrayList<>();
      for (int n = FEWEST; n <= measured.size(); n++) {
        means.add(
            measured.subList(Math.max(0, n - WINDOW), n).stream()
                .mapToDouble(e -> e.watch().alphaEigenvalue())
                .average()
                .orElseThrow());
      }
      int every = measured.get(1).epoch() - measured.get(0).epoch();
      int back = last.epoch() - every * (WINDOW / 2 + APART);
      if (means.size() <= APART || back < fromEpoch) {
        return Optional.empty();
      }
      double newest = means.get(means.size() - 1);
      double before = means.get(means.size() - 1 - APART);
      // from a mean that is not positive nothing grows by a factor
      if (!(before > 0 && newest / before > ratio)) {
        return Optional.empty();
      }
      String reason =
          "the largest eigenvalue of the validation Hessian in alpha grew to %.3g times its value of epoch %d, more than %.3g"
              .formatted(newest / before, back, ratio);
      return Optional.of(new Stop(reason, OptionalInt.of(back)));
    }

    private static boolean counts(EpochRecord epoch) {
      return epoch.watch().isAlphaTrained() && Double.isFinite(epoch.watch().alphaEigenvalue());
    }
  }

  /**
   * The normal cell has too many skip connections (DARTS+: Liang et al., 2019, arXiv:1909.06035,
   * criterion 1) after an epoch that trained alpha. The genotype to take is that of the epoch
   * before.
   *
   * @param skips so many end the search
   */
  record SkipConnections(int skips) implements StopRule {
    public SkipConnections {
      new Checks().atLeast("skips", skips, 1).orThrow();
    }

    @Override
    public Optional<Stop> check(List<EpochRecord> epochs) {
      EpochRecord last = epochs.get(epochs.size() - 1);
      int found = last.skipConnections().normal();
      if (found < skips || !last.watch().isAlphaTrained()) {
        return Optional.empty();
      }
      String reason =
          "the %s has %d %s, and %d end the search"
              .formatted(
                  dev.fletch.search.SkipConnections.cell(last.genotype()),
                  found,
                  dev.fletch.search.SkipConnections.noun(last.genotype()),
                  skips);
      return Optional.of(
          new Stop(
              reason, last.epoch() == 0 ? OptionalInt.empty() : OptionalInt.of(last.epoch() - 1)));
    }
  }

  /**
   * The order of the operations that have weights has not changed on any edge for some epochs that
   * trained alpha (DARTS+, criterion 2).
   */
  record StableRanking(int epochs) implements StopRule {
    public StableRanking {
      new Checks().atLeast("epochs", epochs, 1).orThrow();
    }

    @Override
    public Optional<Stop> check(List<EpochRecord> records) {
      if (records.size() <= epochs) {
        return Optional.empty();
      }
      List<EpochRecord> latest = records.subList(records.size() - 1 - epochs, records.size());
      boolean stable =
          latest.stream().allMatch(e -> e.watch().isAlphaTrained())
              && latest.stream().map(e -> e.watch().ranking()).distinct().count() == 1;
      String reason =
          "the ranking of the operations with weights has been stable for " + epochs + " epochs";
      return stable ? Optional.of(new Stop(reason, OptionalInt.empty())) : Optional.empty();
    }
  }
}
