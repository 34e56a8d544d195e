package dev.fletch.run;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Derivation;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Genotype;
import dev.fletch.architecture.Operation;
import dev.fletch.data.Input;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.NetworkSettings;
import dev.fletch.network.Networks;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.OperationWeights;
import dev.fletch.supernet.RecurrentSpace;
import dev.fletch.supernet.SupernetNetwork;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.supernet.SupernetSpace;
import dev.fletch.task.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * How many weights networks have: they are laid out for it, but take no memory. Auxiliary heads do
 * not count, as in published tables.
 */
final class ParameterCounts {
  private static final int NORMAL = CellStack.kind(false);
  private static final int REDUCTION = CellStack.kind(true);

  private final CandidateSettings settings;
  private final CellTopology topology;
  private final List<Operation> operations;
  private final double[] weights;

  private ParameterCounts(SupernetSettings space, CandidateSettings settings, Input input) {
    this.settings = settings;
    this.topology = space.topology();
    this.operations = space.operations().stream().filter(o -> !o.isNone()).toList();
    this.weights =
        OperationWeights.inCandidates(
            settings.stack(space.kinds()), topology, operations, input.dimensions());
  }

  /** Weights of the supernet; alpha does not count. */
  static long supernet(SupernetSpace space, EdgeSettings edges, Input input, Task task) {
    try (SupernetNetwork supernet = space.network(edges, input, task, 1, 1)) {
      return supernet.plannedWeights();
    }
  }

  /**
   * The fewest weights a candidate can have, whatever the search finds: cells may be down to one
   * gene, in their one node that is not isolated, where {@code rule} may leave genes out.
   */
  static long least(
      Derivation rule, SupernetSpace space, NetworkSettings settings, Input input, Task task) {
    if (space instanceof RecurrentSpace recurrent) {
      return ofAny(recurrent, settings, input, task);
    }
    ParameterCounts counts = of(space, settings, input);
    Comparator<Double> fewest = Comparator.naturalOrder();
    return counts.candidate(
        rule.mayLeaveGenesOut()
            ? counts.pair(counts.ofOneGene(NORMAL, fewest), counts.ofOneGene(REDUCTION, fewest))
            : counts.genotype(fewest),
        input,
        task);
  }

  /** The most weights a candidate can have: every node keeps as many genes as it may. */
  static long most(SupernetSpace space, NetworkSettings settings, Input input, Task task) {
    if (space instanceof RecurrentSpace recurrent) {
      return ofAny(recurrent, settings, input, task);
    }
    ParameterCounts counts = of(space, settings, input);
    return counts.candidate(counts.genotype(Comparator.reverseOrder()), input, task);
  }

  private static ParameterCounts of(SupernetSpace space, NetworkSettings settings, Input input) {
    return new ParameterCounts(SupernetSettings.of(space), CandidateSettings.of(settings), input);
  }

  /** Recurrent cells of as many nodes have as many weights: a matrix for each node. */
  private static long ofAny(
      RecurrentSpace space, NetworkSettings settings, Input input, Task task) {
    return size(space.random(0, 0), settings, input, task);
  }

  private static long size(Genotype genotype, NetworkSettings settings, Input input, Task task) {
    try (ArchitectureNetwork network = Networks.of(genotype, settings, input, task, 1, 1)) {
      return network.publishedSize();
    }
  }

  private long candidate(CellPair genotype, Input input, Task task) {
    return size(genotype, settings, input, task);
  }

  private CellPair genotype(Comparator<Double> order) {
    return pair(cell(NORMAL, order), cell(REDUCTION, order));
  }

  private CellPair pair(CellGenotype normal, CellGenotype reduction) {
    return new CellPair(normal, reduction, topology.kinds());
  }

  private CellGenotype cell(int kind, Comparator<Double> order) {
    List<List<Gene>> nodes = new ArrayList<>();
    for (int node = 0; node < topology.nodes(); node++) {
      nodes.add(Collections.nCopies(topology.kept(), first(kind, node, order)));
    }
    return new CellGenotype(nodes);
  }

  /** The first node's gene is the only one: every other node would need another gene to read. */
  private CellGenotype ofOneGene(int kind, Comparator<Double> order) {
    List<List<Gene>> nodes = new ArrayList<>(Collections.nCopies(topology.nodes(), List.of()));
    nodes.set(0, List.of(first(kind, 0, order)));
    return new CellGenotype(nodes);
  }

  /** The gene of a node whose weights come first in {@code order}. */
  private Gene first(int kind, int node, Comparator<Double> order) {
    Gene first = null;
    double ofFirst = 0;
    for (int state = 0; state < topology.inputsOf(node); state++) {
      int row = topology.row(kind, topology.edge(node, state));
      for (int k = 0; k < operations.size(); k++) {
        double own = weights[row * operations.size() + k];
        if (first == null || order.compare(own, ofFirst) < 0) {
          first = new Gene(operations.get(k), state);
          ofFirst = own;
        }
      }
    }
    return first;
  }
}
