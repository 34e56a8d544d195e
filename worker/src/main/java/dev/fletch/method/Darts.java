package dev.fletch.method;

/**
 * DARTS (Liu, Simonyan and Yang, 2019, arXiv:1806.09055): softmax(alpha), alpha on validation
 * minibatches. First or second order is a setting of the search; so are a temperature of the
 * softmax and an L1 penalty.
 */
public record Darts() implements Method {
  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    return Composition.darts(space);
  }

  @Override
  public boolean takesL1() {
    return true;
  }

  @Override
  public boolean takesRescaling() {
    return true;
  }
}
