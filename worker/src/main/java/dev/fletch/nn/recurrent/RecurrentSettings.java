package dev.fletch.nn.recurrent;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * The size of a language model and its regularisation (Liu et al., 2019, appendix A; Merity et al.,
 * 2018).
 *
 * @param size values of a word's vector, and of each state of the cell
 * @param activationRegularisation weight of the mean square of what the softmax reads, in the loss
 * @param slownessRegularisation weight of the mean square of the difference between the cell's
 *     outputs at neighbouring times, in the loss
 */
public record RecurrentSettings(
    int size,
    RecurrentDropout dropout,
    double activationRegularisation,
    double slownessRegularisation)
    implements Serializable {
  public RecurrentSettings {
    new Checks()
        .atLeast("size", size, 1)
        .atLeast("activation-regularisation", activationRegularisation, 0)
        .atLeast("slowness-regularisation", slownessRegularisation, 0)
        .orThrow();
  }
}
