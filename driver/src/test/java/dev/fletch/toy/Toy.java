package dev.fletch.toy;

import dev.fletch.method.Composition;
import dev.fletch.method.Method;
import dev.fletch.method.Procedure;
import dev.fletch.method.SearchSpace;
import dev.fletch.method.Stage;
import dev.fletch.settings.Checks;
import java.util.Optional;

/**
 * A method of one's own, outside of Fletch's packages: DARTS whose alpha waits.
 *
 * @param patience epochs before alpha's first step
 */
public record Toy(int patience) implements Method {
  public Toy {
    new Checks().atLeast("patience", patience, 0).orThrow();
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    return Composition.darts(space).withProcedure(Procedure.bilevel().from(patience));
  }

  @Override
  public Optional<String> withoutSecondOrder() {
    return Optional.of("it is a toy");
  }

  @Override
  public void check(Checks checks, SearchSpace space) {
    checks.require(
        "search.method.patience",
        patience < space.epochs(),
        "must be below search.epochs, which is " + space.epochs() + ", got " + patience);
  }
}
