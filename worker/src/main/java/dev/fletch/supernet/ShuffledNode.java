package dev.fletch.supernet;

import dev.fletch.engine.Factors;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.List;

/**
 * A node whose edges send a part of their channels past the operations (Xu et al., 2020, equation
 * 1; yuhuixu1993/PC-DARTS, {@code model_search.py}): the mixed channels and the weighted sum of
 * those that bypassed, one after the other, then shuffled in K groups, so that channel {@code j *
 * C/K + i} becomes {@code i * K + j} (ShuffleNet: Zhang et al., 2018). All edges shuffle alike, so
 * the sum is shuffled once, while it is written.
 */
final class ShuffledNode implements Step {
  /** What goes past the operations of one edge, and where its weight lies. */
  record Bypass(Slot slot, int mixingIndex) {}

  private final Kernels kernels;
  private final Slot mixed;
  private final List<Bypass> bypasses;
  private final List<Matrix> values;
  private final List<Matrix> gradients;
  private final Slot node;

  /**
   * @param mixed the sum of the edges' mixed operations, {@code [C/K, H, W, N]}
   * @param bypasses {@code [C - C/K, H, W, N]} each
   * @param node what is written, {@code [C, H, W, N]}
   */
  ShuffledNode(PlanBuilder plan, Slot mixed, List<Bypass> bypasses, Slot node) {
    this.kernels = plan.kernels();
    this.mixed = mixed;
    this.bypasses = List.copyOf(bypasses);
    this.values = bypasses.stream().map(b -> b.slot().value()).toList();
    this.gradients = bypasses.stream().map(b -> b.slot().gradient()).toList();
    this.node = node;
  }

  @Override
  public Work work() {
    long sums = 2L * bypasses.size() * (node.channels() - mixed.channels()) * (long) node.columns();
    return new Work("bypass and shuffle", sums, 2 * sums);
  }

  @Override
  public List<Slot> assignedGradients() {
    return List.of(mixed);
  }

  @Override
  public void forward(Pass pass) {
    kernels.shuffle(mixed.value(), values, factors(pass), node.value());
  }

  @Override
  public void backward(Pass pass) {
    kernels.shuffleBackward(
        node.gradient(), mixed.gradient(), values, factors(pass), gradients, pass.mixingGradient());
  }

  private Factors factors(Pass pass) {
    return new Factors(pass.mixing(), bypasses.stream().mapToInt(Bypass::mixingIndex).toArray());
  }
}
