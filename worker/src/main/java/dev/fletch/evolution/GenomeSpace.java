package dev.fletch.evolution;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Operation;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * What genes may hold.
 *
 * @param operations at least one other than none
 * @param maxNodes how many nodes a genome may grow to, those that lead nowhere included
 */
public record GenomeSpace(
    @Key(section = "space") List<Operation> operations,
    @Key(section = "space") List<Activation> activations,
    @Key(section = "space") List<Aggregation> aggregations,
    int maxNodes)
    implements Serializable {
  public GenomeSpace {
    operations = List.copyOf(operations);
    activations = List.copyOf(activations);
    aggregations = List.copyOf(aggregations);
    Checks checks = new Checks();
    requireEachOnce(checks, "operations", operations);
    requireEachOnce(checks, "activations", activations);
    requireEachOnce(checks, "aggregations", aggregations);
    checks
        .require(
            "operations",
            operations.stream().anyMatch(o -> !o.isNone()),
            "must have one other than none, got " + operations)
        .require(
            "operations",
            operations.stream().allMatch(o -> o.aggregation() == Aggregation.ADD),
            "must not be multiplied by themselves, which aggregations are for, got " + operations)
        .require("activations", !activations.isEmpty(), "must name at least one, got []")
        .require("aggregations", !aggregations.isEmpty(), "must name at least one, got []")
        .atLeast("max-nodes", maxNodes, 1)
        .orThrow();
  }

  private static void requireEachOnce(Checks checks, String key, List<?> values) {
    checks.require(
        key,
        new HashSet<>(values).size() == values.size(),
        "must name each value once, got " + values);
  }
}
