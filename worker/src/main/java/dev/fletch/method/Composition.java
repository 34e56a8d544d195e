package dev.fletch.method;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.DartsDerivation;
import dev.fletch.architecture.Derivation;
import dev.fletch.architecture.DiscreteMixing;
import dev.fletch.architecture.Genotype;
import dev.fletch.bilevel.AlphaObjective;
import dev.fletch.bilevel.L1Penalty;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a method is made of, in one stage of a search. Methods start from {@link #darts} and
 * exchange what they do differently, part by part.
 *
 * @param supernet the size of the supernet
 * @param edges what its edges hold besides the mix of operations
 * @param alpha what alpha's optimizer trains
 * @param relaxations how that becomes mixing weights, when
 * @param objective what alpha minimises
 * @param procedure what happens in a step
 * @param derivation how mixing weights become a genotype
 * @param selection instead of a derivation from alpha
 * @param lambdas points of a hypernetwork that are read off after each epoch
 */
public record Composition(
    SupernetSpace supernet,
    EdgeSettings edges,
    AlphaVector alpha,
    RelaxationSchedule relaxations,
    AlphaObjective objective,
    Procedure procedure,
    Derivation derivation,
    Optional<PathSelection> selection,
    List<Lambda> lambdas) {
  /** DARTS: everything else differs from it in some parts. */
  public static Composition darts(SearchSpace space) {
    return new Composition(
        space.supernet(),
        EdgeSettings.PLAIN,
        AlphaVector.normal(space.layout(), 0),
        TemperedSchedule.softmax(space),
        space.alphaL1() == 0
            ? AlphaObjective.CROSS_ENTROPY
            : AlphaObjective.with(new L1Penalty(space.alphaL1())),
        Procedure.bilevel(),
        new DartsDerivation(),
        Optional.empty(),
        List.of());
  }

  /** Values of a row of mixing weights: operations and extra columns. */
  public int columns() {
    return supernet.operations().size() + edges.extraColumns();
  }

  /**
   * The weights of operations alone, {@code [kinds, edges, operations]}, of whole mixing weights.
   */
  public float[] ofOperations(float[] mixing) {
    int operations = supernet.operations().size();
    if (columns() == operations) {
      return mixing;
    }
    int rows = mixing.length / columns();
    float[] without = new float[rows * operations];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(mixing, row * columns(), without, row * operations, operations);
    }
    return without;
  }

  /**
   * The mixing weights of the supernet's own {@code genotype}: 1 for each of its operations, 0 for
   * all else, without auxiliary skip connections. Edges with weights of their own share those of a
   * node's kept edges out among them, so that they sum to 1 as before.
   *
   * @param mixing of the whole supernet
   */
  public float[] discretised(Genotype genotype, float[] mixing) {
    int operations = supernet.operations().size();
    float[] chosen = DiscreteMixing.of(genotype, supernet.operations());
    float[] result = new float[mixing.length];
    CellTopology topology = supernet.topology();
    int row = 0;
    for (int kind = 0; kind < topology.kinds(); kind++) {
      for (int node = 0; node < topology.nodes(); node++) {
        double[] edges = edgeWeights(chosen, mixing, row, topology.inputsOf(node));
        for (double edge : edges) {
          for (int k = 0; k < operations; k++) {
            result[row * columns() + k] = (float) (edge * chosen[row * operations + k]);
          }
          if (edges().partial() > 1) {
            result[row * columns() + operations] = (float) edge;
          }
          row++;
        }
      }
    }
    return result;
  }

  /** 1 for every edge, or its share among the kept edges of the node where edges have weights. */
  private double[] edgeWeights(float[] chosen, float[] mixing, int firstRow, int inputs) {
    double[] weights = new double[inputs];
    Arrays.fill(weights, 1);
    if (edges().partial() == 1) {
      return weights;
    }
    int operations = supernet.operations().size();
    double sum = 0;
    for (int i = 0; i < inputs; i++) {
      int row = firstRow + i;
      boolean kept = false;
      for (int k = 0; k < operations; k++) {
        kept |= chosen[row * operations + k] > 0;
      }
      weights[i] = kept ? mixing[row * columns() + operations] : 0;
      sum += weights[i];
    }
    for (int i = 0; i < inputs && sum > 0; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  public Composition withSupernet(SupernetSpace other) {
    return new Composition(
        other, edges, alpha, relaxations, objective, procedure, derivation, selection, lambdas);
  }

  public Composition withEdges(EdgeSettings other) {
    return new Composition(
        supernet, other, alpha, relaxations, objective, procedure, derivation, selection, lambdas);
  }

  public Composition withAlpha(AlphaVector other) {
    return new Composition(
        supernet, edges, other, relaxations, objective, procedure, derivation, selection, lambdas);
  }

  public Composition withRelaxations(RelaxationSchedule other) {
    return new Composition(
        supernet, edges, alpha, other, objective, procedure, derivation, selection, lambdas);
  }

  public Composition withObjective(AlphaObjective other) {
    return new Composition(
        supernet, edges, alpha, relaxations, other, procedure, derivation, selection, lambdas);
  }

  public Composition withProcedure(Procedure other) {
    return new Composition(
        supernet, edges, alpha, relaxations, objective, other, derivation, selection, lambdas);
  }

  public Composition withDerivation(Derivation other) {
    return new Composition(
        supernet, edges, alpha, relaxations, objective, procedure, other, selection, lambdas);
  }

  public Composition withSelection(PathSelection other) {
    return new Composition(
        supernet,
        edges,
        alpha,
        relaxations,
        objective,
        procedure,
        derivation,
        Optional.of(other),
        lambdas);
  }

  public Composition withLambdas(List<Lambda> other) {
    return new Composition(
        supernet, edges, alpha, relaxations, objective, procedure, derivation, selection, other);
  }
}
