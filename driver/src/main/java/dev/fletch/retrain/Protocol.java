package dev.fletch.retrain;

import dev.fletch.data.Portion;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;
import java.util.Locale;

/**
 * What a retraining is evaluated on, and when.
 *
 * @param validationPortion of the training set that is held out from training and evaluated after
 *     every epoch; 0 for none
 */
public record Protocol(@Key("protocol") Testing testing, double validationPortion)
    implements Serializable {
  /** When the test set is looked at. */
  public enum Testing {
    /** Once, after the last epoch: nothing can be chosen by it. */
    HELD_OUT,
    /**
     * After every epoch, as the papers do (quark0/darts, {@code train.py}): the best epoch is then
     * chosen on test data.
     */
    DARTS_PAPER;

    /** As in the configuration: {@code held-out}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Protocol {
    new Checks().below("validation-portion", validationPortion, 0, 1).orThrow();
  }

  boolean validates() {
    return validationPortion > 0;
  }

  /** What is trained on. */
  Portion trained() {
    return validates() ? Portion.FIT : Portion.TRAIN;
  }

  boolean testsEveryEpoch() {
    return testing == Testing.DARTS_PAPER;
  }
}
