package dev.fletch.method;

import dev.fletch.settings.Checks;
import java.util.Optional;

/**
 * DARTS with an L1 penalty on alpha, whose weight is {@code search.alpha-l1}: what the hypernetwork
 * is compared with. It needs one search for each weight.
 *
 * @param mixing how alpha weighs operations
 */
public record DartsL1(Mixing mixing) implements Method {
  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    return mixing.in(Composition.darts(space), space);
  }

  @Override
  public boolean takesL1() {
    return true;
  }

  @Override
  public Optional<String> withoutTemperature() {
    return mixing.withoutTemperature();
  }

  @Override
  public void check(Checks checks, SearchSpace space) {
    checks.require(
        "search.alpha-l1",
        space.alphaL1() > 0,
        "must be > 0 with method darts-l1; without a penalty it is darts");
  }
}
