package dev.fletch.network;

import dev.fletch.engine.Doubles;
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
  /** In the place of a number: of identities. */
  static final int NEVER_DROPPED = -1;

  /**
   * One term of the sum.
   *
   * @param dropped its number in {@link DropPath}, or {@link #NEVER_DROPPED}
   * @param owned whether this sum is the slot's only reader
   */
  record Branch(Slot slot, int dropped, boolean owned) {}

  private final Kernels kernels;
  private final List<Branch> branches;
  private final DropPath dropPath;
  private final Slot node;
  private final Doubles factors;

  /**
   * @param branches at least one
   */
  NodeSum(PlanBuilder plan, List<Branch> branches, DropPath dropPath, Slot node) {
    this.kernels = plan.kernels();
    this.branches = List.copyOf(branches);
    this.dropPath = dropPath;
    this.node = node;
    this.factors = kernels.doubles(node.batch());
  }

  @Override
  public Work work() {
    long operations = 2L * branches.size() * node.channels() * node.columns();
    return new Work("sum of branches", operations, operations);
  }

  @Override
  public boolean variesInTraining() {
    return dropPath.mayDrop()
        && branches.stream().anyMatch(branch -> branch.dropped() != NEVER_DROPPED);
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public List<Slot> assignedGradients() {
    return branches.stream().filter(Branch::owned).map(Branch::slot).toList();
  }

  @Override
  public void forward(Pass pass) {
    boolean first = true;
    for (Branch branch : branches) {
      if (pass.training() && isDropped(branch)) {
        applyDropped(first, branch, branch.slot().value(), node.value());
      } else {
        apply(first, branch.slot().value(), node.value());
      }
      first = false;
    }
  }

  @Override
  public void backward(Pass pass) {
    for (Branch branch : branches) {
      boolean assigns = branch.owned();
      if (isDropped(branch)) {
        applyDropped(assigns, branch, node.gradient(), branch.slot().gradient());
      } else {
        apply(assigns, node.gradient(), branch.slot().gradient());
      }
    }
  }

  /** y = x, or adds that to y. */
  private void apply(boolean assigns, Matrix x, Matrix y) {
    if (assigns) {
      kernels.copy(x, y);
    } else {
      kernels.addScaled(x, 1, y);
    }
  }

  private boolean isDropped(Branch branch) {
    return branch.dropped() != NEVER_DROPPED && dropPath.drops();
  }

  /** y = x times the factor of each example, or adds that to y. */
  private void applyDropped(boolean assigns, Branch branch, Matrix x, Matrix y) {
    factors.write(dropPath.factors(branch.dropped()));
    kernels.scaleExamples(x, factors, node.extent().places(), y, !assigns);
  }
}
