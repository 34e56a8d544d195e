package dev.fletch.network;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.List;

/**
 * A node of a candidate's cell: the sum of its branches, some of them dropped for some examples in
 * training.
 */
final class NodeSum implements Step {
  /**
   * One term of the sum.
   *
   * @param dropped its number in {@link DropPath}, or -1 for identities, which are never dropped
   */
  record Branch(Slot slot, int dropped) {}

  private final Kernels kernels;
  private final List<Branch> branches;
  private final DropPath dropPath;
  private final Slot node;
  private final Matrix planes;

  NodeSum(PlanBuilder plan, List<Branch> branches, DropPath dropPath, Slot node) {
    this.kernels = plan.kernels();
    this.branches = List.copyOf(branches);
    this.dropPath = dropPath;
    this.node = node;
    this.planes = byPlane(node.value());
  }

  /** {@code [C * N, H * W]}: one row per image and channel. */
  private Matrix byPlane(Matrix matrix) {
    return matrix.carve(0, node.channels() * node.batch(), node.height() * node.width());
  }

  @Override
  public void forward(Pass pass) {
    node.value().zero();
    for (Branch branch : branches) {
      if (pass.training() && branch.dropped() >= 0) {
        kernels.addScaledRows(byPlane(branch.slot().value()), rowFactors(branch), planes);
      } else {
        kernels.addScaled(branch.slot().value(), 1, node.value());
      }
    }
  }

  @Override
  public void backward(Pass pass) {
    for (Branch branch : branches) {
      if (branch.dropped() >= 0) {
        kernels.addScaledRows(
            byPlane(node.gradient()), rowFactors(branch), byPlane(branch.slot().gradient()));
      } else {
        kernels.addScaled(node.gradient(), 1, branch.slot().gradient());
      }
    }
  }

  private double[] rowFactors(Branch branch) {
    double[] perExample = dropPath.factors(branch.dropped());
    double[] perRow = new double[node.channels() * node.batch()];
    for (int row = 0; row < perRow.length; row++) {
      perRow[row] = perExample[row % perExample.length];
    }
    return perRow;
  }
}
