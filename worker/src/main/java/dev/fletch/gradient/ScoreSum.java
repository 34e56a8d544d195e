package dev.fletch.gradient;

/** Adds up the scores of an epoch's steps; each counts by its examples. */
public final class ScoreSum {
  private double loss;
  private double correct;
  private long examples;

  public void add(Score score) {
    loss += score.loss() * score.examples();
    correct += score.correctShare() * score.examples();
    examples += score.examples();
  }

  public long examples() {
    return examples;
  }

  /** The score over all examples; NaN before the first. */
  public Score mean() {
    return new Score(loss / examples, correct / examples, examples);
  }
}
