package dev.fletch.network;

import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;

/**
 * The network of a recurrent cell, which reads streams of words.
 *
 * @param epochs of the whole training
 * @param network its size and regularisation
 */
public record RecurrentNetworkSettings(int epochs, @Key(inline = true) RecurrentSettings network)
    implements NetworkSettings {
  public RecurrentNetworkSettings {
    new Checks().atLeast("epochs", epochs, 1).orThrow();
  }

  @Override
  public boolean hasValidationText() {
    return true;
  }
}
