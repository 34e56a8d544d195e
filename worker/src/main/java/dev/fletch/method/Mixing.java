package dev.fletch.method;

import dev.fletch.supernet.DirectRelaxation;
import java.util.Optional;

/** How alpha weighs operations. */
public enum Mixing {
  /** By softmax(alpha / T). */
  SOFTMAX,
  /** By alpha itself, which begins near 1 / operations. */
  DIRECT;

  Optional<String> withoutTemperature() {
    return this == DIRECT ? Optional.of("its mixing weights are alpha itself") : Optional.empty();
  }

  Composition in(Composition darts, SearchSpace space) {
    return this == SOFTMAX
        ? darts
        : darts
            .withAlpha(AlphaVector.normal(space.layout(), 0).shifted(0, start(space)))
            .withRelaxations(SteadySchedule.always(new DirectRelaxation()));
  }

  /** What alpha begins at, besides noise. */
  float start(SearchSpace space) {
    return this == DIRECT ? 1f / space.operations() : 0;
  }
}
