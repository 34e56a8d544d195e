package dev.fletch.network;

import dev.fletch.engine.ElementDropout;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Dropout;
import dev.fletch.nn.DropoutDraws;
import java.util.Optional;

/** Dropout of what the classifier reads (Srivastava et al., 2014). */
final class ClassifierDropout {
  private ClassifierDropout() {}

  /**
   * Channels are dropped as a whole, which is to drop their means: what the classifier reads.
   *
   * @param probability 0 adds nothing to the plan
   * @param draws what training passes drop, at {@link DropoutDraws#CLASSIFIER}
   */
  static Slot of(PlanBuilder plan, Slot output, double probability, DropoutDraws draws) {
    if (probability == 0) {
      return output;
    }
    return Dropout.of(
        plan,
        "dropout",
        output,
        extent ->
            Optional.of(
                ElementDropout.ofChannels(
                    draws.keys(DropoutDraws.CLASSIFIER), extent.places(), probability)));
  }
}
