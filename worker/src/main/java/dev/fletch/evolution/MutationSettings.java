package dev.fletch.evolution;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * How often a parent is mutated before it is crossed, and how. The other numbers say how often each
 * kind of mutation is drawn, in relation to the others that can be done to that genome.
 *
 * @param probability that a parent is mutated, by one mutation
 */
public record MutationSettings(
    double probability,
    double addNode,
    double addConnection,
    double changeOperation,
    double changeActivation,
    double changeAggregation,
    double toggleConnection)
    implements Serializable {
  public MutationSettings {
    new Checks()
        .between("probability", probability, 0, 1)
        .atLeast("add-node", addNode, 0)
        .atLeast("add-connection", addConnection, 0)
        .atLeast("change-operation", changeOperation, 0)
        .atLeast("change-activation", changeActivation, 0)
        .atLeast("change-aggregation", changeAggregation, 0)
        .atLeast("toggle-connection", toggleConnection, 0)
        .orThrow();
  }

  /** How often mutations of {@code kind} are drawn. */
  double weight(MutationKind kind) {
    return switch (kind) {
      case ADD_NODE -> addNode;
      case ADD_CONNECTION -> addConnection;
      case CHANGE_OPERATION -> changeOperation;
      case CHANGE_ACTIVATION -> changeActivation;
      case CHANGE_AGGREGATION -> changeAggregation;
      case TOGGLE_CONNECTION -> toggleConnection;
    };
  }
}
