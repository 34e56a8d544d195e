package dev.fletch.supernet;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Derivation;
import dev.fletch.architecture.Genotype;
import dev.fletch.architecture.Operation;
import dev.fletch.data.Input;
import dev.fletch.task.Task;
import java.io.Serializable;
import java.util.List;

/**
 * What is searched: cells whose edges have candidate operations, in a supernet of some size. All
 * that a search has to know of it, whatever the cells are for.
 */
public sealed interface SupernetSpace extends Serializable
    permits RecurrentSpace, SupernetSettings {
  /** Nodes of a cell that are made of others. */
  int nodes();

  /** Candidate operations of an edge, in the column order of alpha. */
  List<Operation> operations();

  /** What its cells look like. */
  CellTopology topology();

  /**
   * The network; takes no native memory before it is first used.
   *
   * @param batch largest minibatch that it will see; of streams, the rows of a replica
   * @param threads for the engine's own kernels
   * @throws IllegalArgumentException if it cannot have such edges or examples
   */
  SupernetNetwork network(EdgeSettings edges, Input input, Task task, int batch, int threads);

  /**
   * What {@code rule} reads off mixing weights.
   *
   * @param strength weights of operations, in the layout of {@link ArchitectureParameters}
   */
  Genotype derive(Derivation rule, float[] strength);

  /**
   * A genotype drawn at random, a function of the arguments.
   *
   * @param number which of those that belong to {@code seed}
   */
  Genotype random(long seed, int number);

  /**
   * What each operation of each edge costs as a share of the largest network, in the layout of
   * alpha: in weights, see {@link OperationWeights#shares}, or in what functions take to compute.
   *
   * @param dimensions sides of an example: 2 of images, 1 of texts
   */
  double[] shares(int dimensions);

  /** The operations whose order on an edge says how far a search has got. */
  List<Operation> ranked();

  /** Whether nodes may multiply: some operations are multiplied ones. */
  boolean multiplies();

  /**
   * Whether any cell is of the first kind: alpha of a kind of cell that is not there is never
   * trained.
   */
  boolean hasNormalCells();
}
