package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.nn.MixingFunction;

/**
 * Trains w alone before an epoch, and does the whole step from then on (PC-DARTS: Xu et al., 2020,
 * section 4.2; P-DARTS: Chen et al., 2019, section 4.1.2).
 */
public final class WarmUpStep implements StepProcedure {
  private final StepProcedure weightsOnly;
  private final StepProcedure whole;
  private final int firstEpoch;

  /**
   * @param firstEpoch the first epoch of the search in which alpha is stepped
   */
  public WarmUpStep(StepProcedure weightsOnly, StepProcedure whole, int firstEpoch) {
    this.weightsOnly = weightsOnly;
    this.whole = whole;
    this.firstEpoch = firstEpoch;
  }

  @Override
  public Result take(SearchState state, MixingFunction relaxation, StepId at, Rates rates) {
    return in(at.epoch()).take(state, relaxation, at, rates);
  }

  @Override
  public boolean stepsAlpha(int epoch) {
    return in(epoch).stepsAlpha(epoch);
  }

  private StepProcedure in(int epoch) {
    return epoch < firstEpoch ? weightsOnly : whole;
  }
}
