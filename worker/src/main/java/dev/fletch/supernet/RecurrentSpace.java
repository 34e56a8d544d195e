package dev.fletch.supernet;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Derivation;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.RandomGenotype;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.data.Input;
import dev.fletch.data.StreamShape;
import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import dev.fletch.task.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The size of a supernet for streams of words, and its space: one recurrent cell, each node of
 * which keeps one edge (Liu et al., 2019, section 2.1 and appendix A.2).
 *
 * @param nodes of the cell
 * @param operations candidate functions of an edge, in the column order of alpha
 * @param network its size and regularisation
 */
public record RecurrentSpace(
    @Key(section = "space") int nodes,
    @Key(section = "space", options = "RECURRENT") List<Operation> operations,
    @Key(inline = true) RecurrentSettings network)
    implements SupernetSpace {
  /** Functions with an exponential. */
  private static final Set<String> BENT = Set.of("tanh", "sigmoid");

  public RecurrentSpace {
    operations = List.copyOf(operations);
    new Checks()
        .atLeast("nodes", nodes, 1)
        .require(
            "operations",
            operations.stream().anyMatch(o -> !o.isNone()),
            "must name at least one function besides none")
        .require(
            "operations",
            new HashSet<>(operations).size() == operations.size(),
            "must not name a function twice, got " + operations)
        .require(
            "operations",
            Operation.RECURRENT.containsAll(operations),
            "must be of " + Operation.RECURRENT + ", got " + operations)
        .orThrow();
  }

  @Override
  public CellTopology topology() {
    return CellTopology.recurrent(nodes);
  }

  /** {@inheritDoc} Weights that are 0, of samples, are computed as others are. */
  @Override
  public SupernetNetwork network(
      EdgeSettings edges, Input input, Task task, int batch, int threads) {
    if (!edges.equals(EdgeSettings.PLAIN) && !edges.equals(EdgeSettings.PLAIN.withSampling())) {
      throw new IllegalArgumentException(
          "Cannot build a recurrent supernet with the edges %s: only samples may differ from %s"
              .formatted(edges, EdgeSettings.PLAIN));
    }
    if (!(input instanceof StreamShape stream)) {
      throw new IllegalArgumentException(
          "Cannot build a recurrent supernet for %s: it reads streams of words".formatted(input));
    }
    return new RecurrentSupernet(network, nodes, operations, stream, batch, threads);
  }

  @Override
  public RecurrentCell derive(Derivation rule, float[] strength) {
    return rule.deriveRecurrent(
        ArchitectureParameters.of(this).normal(strength), operations, nodes);
  }

  @Override
  public RecurrentCell random(long seed, int number) {
    return RandomGenotype.recurrent(seed, number, nodes, operations);
  }

  /**
   * {@inheritDoc} Functions have no weights, since the matrix of a node serves all its edges, so
   * what they cost is what they take to compute: tanh and sigmoid an exponential, the others hardly
   * anything.
   */
  @Override
  public double[] shares(int dimensions) {
    int edges = topology().rows();
    double[] shares = new double[edges * operations.size()];
    for (int i = 0; i < shares.length; i++) {
      boolean bends = BENT.contains(operations.get(i % operations.size()).text());
      shares[i] = bends ? 1.0 / edges : 0;
    }
    return shares;
  }

  @Override
  public List<Operation> ranked() {
    return operations.stream().filter(o -> !o.isNone()).toList();
  }

  @Override
  public boolean multiplies() {
    return false;
  }

  @Override
  public boolean hasNormalCells() {
    return true;
  }
}
