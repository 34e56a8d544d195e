package dev.fletch.method;

import dev.fletch.supernet.DirectRelaxation;
import dev.fletch.supernet.Relaxation;

/** How alpha weighs operations. */
public enum Mixing {
  /** By softmax(alpha / T). */
  SOFTMAX,
  /** By alpha itself, which begins near 1 / operations. */
  DIRECT;

  String withoutTemperature() {
    return this == DIRECT ? "its mixing weights are alpha itself" : "";
  }

  Composition in(Composition darts, SearchSpace space) {
    return this == SOFTMAX
        ? darts
        : darts
            .with(AlphaVector.normal(space.layout(), 0).shifted(0, start(space)))
            .with(SteadySchedule.always(new DirectRelaxation()));
  }

  /** What alpha begins at, besides noise. */
  float start(SearchSpace space) {
    return this == DIRECT ? 1f / space.operations() : 0;
  }

  Relaxation relaxation(Composition darts, SearchSpace space, int epoch) {
    return in(darts, space).relaxations().evaluation(epoch);
  }
}
