package dev.fletch.evolution;

/** What a child takes from its parents, whose connections are paired by innovation numbers. */
public enum CrossoverRule {
  /**
   * All genes of both. Of genes that both have the child takes those of the fitter parent, with
   * their states.
   */
  SOURCE,
  /**
   * As Stanley and Miikkulainen (2002) have it: of genes that both have either, at random; others
   * of the fitter parent alone, or of both if they are equally fit. A connection that is disabled
   * in either parent is disabled in the child with a set probability, and else enabled.
   */
  STANLEY
}
