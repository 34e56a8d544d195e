package dev.fletch.network;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.Phenotype;
import dev.fletch.architecture.PortGene;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Product;
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
   * @param input {@code [C, H, W, N]}, or {@code [C, P]} of texts
   */
  GenomeCopy(Blocks blocks, Phenotype phenotype, String name, Slot input, DropPath dropPath) {
    this.blocks = blocks;
    this.name = name;
    this.dropPath = dropPath;
    states.add(input);
    phenotype.nodes().forEach(node -> states.add(laidOut(node)));
  }

  /** Of the shape of the input. */
  Slot output() {
    return states.get(states.size() - 1);
  }

  /**
   * Refuses what cannot be laid out, before anything is.
   *
   * @param channels of the first copy; those of others are multiples
   * @throws IllegalArgumentException if an operation is not known with its activation, or cannot
   *     have so many channels
   */
  static void requireComputable(Phenotype phenotype, int channels) {
    for (Phenotype.Node node : phenotype.nodes()) {
      node.inputs().forEach(input -> OperationBlock.requireFits(operation(input.gene()), channels));
    }
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

  /** A branch that a product drops would take the other with it, so only sums drop theirs. */
  private Slot laidOut(Phenotype.Node node) {
    boolean joins = node.inputs().size() > 1;
    boolean adds = node.aggregation() == Aggregation.ADD;
    List<NodeSum.Branch> branches = new ArrayList<>();
    for (Phenotype.Input input : node.inputs()) {
      branches.add(branch(node.key(), input, joins && adds));
    }
    if (!joins) {
      return branches.get(0).slot();
    }
    return adds
        ? sum(branches)
        : Product.of(blocks.plan(), branches.get(0).slot(), branches.get(1).slot());
  }

  private NodeSum.Branch branch(int key, Phenotype.Input input, boolean canBeDropped) {
    Operation operation = operation(input.gene());
    OperationForm form = OperationBlock.formOf(operation, 1);
    Slot from = sums.computeIfAbsent(input.states(), this::sumOfStates);
    if (form instanceof Identity) {
      return new NodeSum.Branch(from, NodeSum.NEVER_DROPPED, false);
    }
    String path = PortName.beginning(name, new Phenotype.Place(key, input.port()));
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
    Slot node = blocks.plan().slot(first.channels(), first.extent());
    blocks
        .plan()
        .add(
            new NodeSum(blocks.plan(), branches, dropPath, node),
            branches.stream().map(NodeSum.Branch::slot).toList(),
            List.of(node));
    return node;
  }
}
