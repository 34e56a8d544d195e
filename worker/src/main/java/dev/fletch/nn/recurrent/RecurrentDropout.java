package dev.fletch.nn.recurrent;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * Probabilities with which training sets something to 0, the rest being divided by one minus it. A
 * mask is the same at all times of a window (Gal and Ghahramani, 2016).
 *
 * @param words whole words, wherever they occur in the window
 * @param embedding values of words' vectors
 * @param input the same again where the cell reads them
 * @param hidden the states that the cell's matrices read
 * @param output what the softmax reads
 */
public record RecurrentDropout(
    double words, double embedding, double input, double hidden, double output)
    implements Serializable {
  public static final RecurrentDropout NONE = new RecurrentDropout(0, 0, 0, 0, 0);

  public RecurrentDropout {
    Checks checks = new Checks();
    check(checks, "words", words);
    check(checks, "embedding", embedding);
    check(checks, "input", input);
    check(checks, "hidden", hidden);
    check(checks, "output", output);
    checks.orThrow();
  }

  private static void check(Checks checks, String key, double value) {
    checks.require(key, value >= 0 && value < 1, "must be at least 0 and below 1, got " + value);
  }
}
