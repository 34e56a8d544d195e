package dev.fletch.network;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.Phenotype;
import dev.fletch.architecture.PortGene;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.operation.Identity;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.nn.operation.OperationForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out one copy of a genome's structure, which keeps size and channels. In training, branches
 * with an operation other than identity are dropped where a node adds two.
 */
final class GenomeCopy {
  /** What has no weights is the same for all ports that do it with the same states. */
  private record Shared(Operation operation, List<Integer> states) {}

  private final Blocks blocks;
  private final String name;
  private final DropPath dropPath;
  private final List<Slot> states = new ArrayList<>();
  private final Map<List<Integer>, Slot> sums = new HashMap<>();
  private final Map<Shared, Slot> shared = new HashMap<>();

  /**
   * @param phenotype with at least one node
   * @param name {@code copies.I}
   * @param input {@code [C, N, H, W]}
   */
  GenomeCopy(Blocks blocks, Phenotype phenotype, String name, Slot input, DropPath dropPath) {
    this.blocks = blocks;
    this.name = name;
    this.dropPath = dropPath;
    states.add(input);
    phenotype.nodes().forEach(node -> states.add(laidOut(node)));
  }

  /** {@code [C, N, H, W]}. */
  Slot output() {
    return states.get(states.size() - 1);
  }

  /**
   * @throws IllegalArgumentException if some part of it cannot be laid out
   */
  static void requireComputable(Phenotype phenotype) {
    for (Phenotype.Node node : phenotype.nodes()) {
      node.inputs().forEach(input -> OperationBlock.of(operation(input.gene())));
      if (isProduct(node)) {
        throw new IllegalArgumentException(
            ("Cannot build the network of a genome: node %d multiplies its ports, which no step"
                    + " does; use add")
                .formatted(node.key()));
      }
    }
  }

  private static boolean isProduct(Phenotype.Node node) {
    return node.inputs().size() > 1 && node.aggregation() == Aggregation.MULTIPLY;
  }

  /** The operation that has the activation behind it. */
  private static Operation operation(PortGene gene) {
    if (gene.activation() == Activation.IDENTITY) {
      return gene.operation();
    }
    return Operation.find(gene.toString())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("Cannot build the network of a genome: %s is not known with the activation %s;"
                            + " use identity")
                        .formatted(gene.operation(), gene.activation().text())));
  }

  private Slot laidOut(Phenotype.Node node) {
    boolean joins = node.inputs().size() > 1;
    List<NodeSum.Branch> branches = new ArrayList<>();
    for (Phenotype.Input input : node.inputs()) {
      branches.add(branch(node.key(), input, joins));
    }
    return joins ? sum(branches) : branches.get(0).slot();
  }

  private NodeSum.Branch branch(int key, Phenotype.Input input, boolean canBeDropped) {
    Operation operation = operation(input.gene());
    OperationForm form = OperationBlock.formOf(operation, 1);
    Slot from = sums.computeIfAbsent(input.states(), this::sumOfStates);
    if (form instanceof Identity) {
      return new NodeSum.Branch(from, NodeSum.NEVER_DROPPED, false);
    }
    String path = name + ".nodes." + key + "." + input.port();
    Slot slot =
        form.hasWeights()
            ? form.layOut(blocks, path, from)
            : shared.computeIfAbsent(
                new Shared(operation, input.states()), s -> form.layOut(blocks, path, from));
    int dropped = canBeDropped ? dropPath.branch() : NodeSum.NEVER_DROPPED;
    return new NodeSum.Branch(slot, dropped, form.hasWeights());
  }

  private Slot sumOfStates(List<Integer> numbers) {
    List<NodeSum.Branch> terms =
        numbers.stream()
            .map(state -> new NodeSum.Branch(states.get(state), NodeSum.NEVER_DROPPED, false))
            .toList();
    return terms.size() == 1 ? terms.get(0).slot() : sum(terms);
  }

  private Slot sum(List<NodeSum.Branch> branches) {
    Slot first = branches.get(0).slot();
    Slot node = blocks.plan().slot(first.channels(), first.batch(), first.height(), first.width());
    blocks
        .plan()
        .add(
            new NodeSum(blocks.plan(), branches, dropPath, node),
            branches.stream().map(NodeSum.Branch::slot).toList(),
            List.of(node));
    return node;
  }
}
