package dev.fletch.architecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Genotypes drawn at random from a search space: the baseline that a search has to beat (DARTS
 * paper, table 1; Li and Talwalkar, 2019, arXiv:1902.07638).
 *
 * <p>Every node gets two different inputs, all pairs alike, and for each an operation other than
 * none, all alike; after the first, those that are joined as it is.
 */
public final class RandomGenotype {
  /** Odd, so that no two seeds fall together; large, since close seeds give like numbers. */
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private RandomGenotype() {}

  /** Of a normal and a reduction cell. */
  public static CellPair of(long seed, int number, int nodes, List<Operation> operations) {
    return of(seed, number, CellTopology.convolutional(nodes), operations);
  }

  /**
   * A genotype that is a function of the arguments, on every machine and every JDK.
   *
   * @param number which of the genotypes that belong to {@code seed}
   * @param topology with one kind of cell or two
   * @param operations the space's; none is never drawn
   * @throws IllegalArgumentException if there is no operation to draw
   */
  public static CellPair of(
      long seed, int number, CellTopology topology, List<Operation> operations) {
    List<Operation> drawn = drawn(operations);
    Random random = generator(seed, number);
    CellGenotype first = new CellGenotype(cell(random, topology, drawn));
    return topology.kinds() == 1
        ? CellPair.ofOneKind(first)
        : new CellPair(first, new CellGenotype(cell(random, topology, drawn)));
  }

  /** A recurrent cell in the same manner: every node has one gene, any state and function alike. */
  public static RecurrentCell recurrent(
      long seed, int number, int nodes, List<Operation> operations) {
    List<List<Gene>> cell =
        cell(generator(seed, number), CellTopology.recurrent(nodes), drawn(operations));
    return new RecurrentCell(cell.stream().map(genes -> genes.get(0)).toList());
  }

  private static List<Operation> drawn(List<Operation> operations) {
    List<Operation> drawn = operations.stream().filter(o -> !o.isNone()).toList();
    if (drawn.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot draw a genotype: the space " + operations + " has no operation but none");
    }
    return drawn;
  }

  /** java.util.Random is the one generator whose numbers the JDK promises. */
  static Random generator(long seed, long number) {
    return new Random((seed * SPREAD + number) * SPREAD);
  }

  private static List<List<Gene>> cell(
      Random random, CellTopology topology, List<Operation> operations) {
    List<List<Gene>> cell = new ArrayList<>();
    for (int node = 0; node < topology.nodes(); node++) {
      List<Integer> inputs = new ArrayList<>();
      for (int state = 0; state < topology.inputsOf(node); state++) {
        inputs.add(state);
      }
      List<Gene> genes = new ArrayList<>();
      for (int i = 0; i < topology.kept(); i++) {
        int input = inputs.remove(random.nextInt(inputs.size()));
        List<Operation> joined = joined(operations, genes);
        genes.add(new Gene(joined.get(random.nextInt(joined.size())), input));
      }
      genes.sort(Comparator.comparingInt(Gene::input));
      cell.add(genes);
    }
    return cell;
  }

  private static List<Operation> joined(List<Operation> operations, List<Gene> genes) {
    return operations.stream()
        .filter(
            operation ->
                genes.isEmpty() || operation.aggregation() == CellGenotype.aggregation(genes))
        .toList();
  }
}
