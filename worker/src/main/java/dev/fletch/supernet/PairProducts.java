package dev.fletch.supernet;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The products of all pairs of edges that enter a node, added to what the edges add: {@code node =
 * added + sum over edges e < f of m_e * m_f}, element by element, with m_e the mixture of the
 * operations of edge e that are multiplied. All edges have the same part in it, and where two of
 * them have one operation each and the others none, it is the node of the genotype: the product of
 * the two.
 *
 * <p>The sum is that of m_f times the sum of all m_e before it; dL/d(m_e) is dL/d(node) times the
 * sum of all others.
 */
final class PairProducts implements Step {
  private final Kernels kernels;
  private final Slot added;
  private final List<Slot> factors;
  private final Slot sum;
  private final Slot node;

  private PairProducts(Kernels kernels, Slot added, List<Slot> factors, Slot sum, Slot node) {
    this.kernels = kernels;
    this.added = added;
    this.factors = factors;
    this.sum = sum;
    this.node = node;
  }

  /**
   * Adds the step to a plan.
   *
   * @param added the sum of what the edges add, {@code [C, H, W, N]}; nobody else reads it
   * @param factors m_e for each edge, of the same shape; nobody else reads them
   * @param node what is written, of the same shape
   */
  static void add(PlanBuilder plan, Slot added, List<Slot> factors, Slot node) {
    Slot sum = plan.slot(node.channels(), node.extent());
    List<Slot> reads = new ArrayList<>(factors);
    reads.add(added);
    // its own sum, which the backward pass needs too
    reads.add(sum);
    plan.add(
        new PairProducts(plan.kernels(), added, List.copyOf(factors), sum, node),
        reads,
        List.of(sum, node));
  }

  @Override
  public Work work() {
    long values = factors.size() * (long) node.channels() * node.columns();
    return new Work("products of edges", 3 * values, 3 * values);
  }

  @Override
  public List<Slot> assignedGradients() {
    List<Slot> assigned = new ArrayList<>(factors);
    assigned.add(added);
    assigned.add(sum);
    return assigned;
  }

  @Override
  public void forward(Pass pass) {
    kernels.zero(sum.value());
    kernels.copy(added.value(), node.value());
    for (Slot factor : factors) {
      kernels.multiplyElements(factor.value(), sum.value(), node.value(), true);
      kernels.addScaled(factor.value(), 1, sum.value());
    }
  }

  @Override
  public void backward(Pass pass) {
    Matrix others = sum.gradient();
    for (Slot factor : factors) {
      kernels.copy(sum.value(), others);
      kernels.addScaled(factor.value(), -1, others);
      kernels.multiplyElements(node.gradient(), others, factor.gradient(), false);
    }
    kernels.copy(node.gradient(), added.gradient());
  }
}
