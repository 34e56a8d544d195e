package dev.fletch.network;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.ArrayList;
import java.util.Arrays;
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

  NodeSum(PlanBuilder plan, List<Branch> branches, DropPath dropPath, Slot node) {
    this.kernels = plan.kernels();
    this.branches = List.copyOf(branches);
    this.dropPath = dropPath;
    this.node = node;
  }

  @Override
  public Work work() {
    long operations = 2L * branches.size() * node.channels() * node.columns();
    return new Work("sum of branches", operations, operations);
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public void forward(Pass pass) {
    node.value().zero();
    List<Matrix> whole = new ArrayList<>();
    for (Branch branch : branches) {
      if (pass.training() && isDropped(branch)) {
        kernels.addScaledRows(branch.slot().valuePlanes(), rowFactors(branch), node.valuePlanes());
      } else {
        whole.add(branch.slot().value());
      }
    }
    double[] ones = new double[whole.size()];
    Arrays.fill(ones, 1);
    kernels.addWeighted(whole, ones, node.value());
  }

  @Override
  public void backward(Pass pass) {
    for (Branch branch : branches) {
      if (isDropped(branch)) {
        kernels.addScaledRows(
            node.gradientPlanes(), rowFactors(branch), branch.slot().gradientPlanes());
      } else {
        kernels.addScaled(node.gradient(), 1, branch.slot().gradient());
      }
    }
  }

  private boolean isDropped(Branch branch) {
    return branch.dropped() >= 0 && dropPath.drops();
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
