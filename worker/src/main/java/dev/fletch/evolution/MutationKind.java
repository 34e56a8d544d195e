package dev.fletch.evolution;

/** What a mutation does to a genome. */
public enum MutationKind {
  /** Splits an enabled connection, which is disabled, by a new node. */
  ADD_NODE,
  ADD_CONNECTION,
  CHANGE_OPERATION,
  CHANGE_ACTIVATION,
  CHANGE_AGGREGATION,
  /** Disables a connection, or enables one again. */
  TOGGLE_CONNECTION
}
