package dev.fletch.method;

/**
 * DARTS with temperature decay: softmax(alpha / T), T falling during the search (Shin, Park and
 * Kang, Appl. Sci. 2023, 13(18), 10138). How T falls is {@code search.temperature}.
 */
public record TdDarts() implements Method {
  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    return Composition.darts(space);
  }

  @Override
  public boolean takesRescaling() {
    return true;
  }
}
