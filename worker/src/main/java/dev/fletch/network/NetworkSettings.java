package dev.fletch.network;

import java.io.Serializable;

/** The size of the network of an architecture, and its regularisation. */
public sealed interface NetworkSettings extends Serializable
    permits CandidateSettings, RecurrentNetworkSettings {
  /** Of the whole training. */
  int epochs();
}
