package dev.fletch.network;

import java.io.Serializable;

/** The size of the network of an architecture, and its regularisation. */
public sealed interface NetworkSettings extends Serializable
    permits CandidateSettings, RecurrentNetworkSettings {
  /** Of the whole training. */
  int epochs();

  /**
   * Whether the data it is for always have examples to validate on that nothing is held out for:
   * streams of words have a text of their own.
   */
  default boolean hasValidationText() {
    return false;
  }
}
