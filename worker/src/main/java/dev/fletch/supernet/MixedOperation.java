package dev.fletch.supernet;

import dev.fletch.engine.Doubles;
import dev.fletch.engine.Factors;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.NormalizedProduct;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.nn.Centred;
import java.util.List;

/**
 * The mixed operations of all edges that enter one node, summed: {@code node = sum over edges e and
 * operations o of p[e, o] * o(state e)} (DARTS paper, equation 2; p = mixing weights).
 *
 * <p>The last 1x1 convolution and batch norm of every convolution are taken into the sum ({@link
 * ConvolutionStack}). Pools and identities are shared by all edges that leave a state and enter as
 * plain terms. What the pass leaves out is never looked at: its slots hold old values.
 */
final class MixedOperation implements Step {
  /** A convolution of one edge: its block of the stack and where its mixing weight lies. */
  record Convolution(Centred input, NormalizedProduct product, int mixingIndex) {}

  /** A term that needs no weights: a pooled and normalised state, or the state itself. */
  record Term(Slot slot, int mixingIndex) {}

  private final Kernels kernels;
  private final Slot stack;
  private final ConvolutionStack convolutions;
  private final List<Term> terms;
  private final List<HalfReduction> halves;
  private final Slot node;
  private final Doubles shift;
  private final Doubles means;

  /**
   * @param stack {@code [number of convolutions * C, H, W, N]}, or null if there are none
   * @param halves the two convolutions of each factorized reduction
   * @param node what is written, {@code [C, H, W, N]}
   */
  MixedOperation(
      PlanBuilder plan,
      Slot stack,
      List<Convolution> convolutions,
      List<Term> terms,
      List<HalfReduction> halves,
      Slot node) {
    this.kernels = plan.kernels();
    this.stack = stack;
    this.convolutions = new ConvolutionStack(plan, stack, convolutions, node);
    this.terms = List.copyOf(terms);
    this.halves = List.copyOf(halves);
    this.node = node;
    this.shift = kernels.doubles(node.channels());
    this.means = kernels.doubles(node.channels());
  }

  @Override
  public Work work() {
    long values = (long) node.channels() * node.columns();
    long product = 2 * values * node.channels() * convolutions.size();
    long half = values * node.channels() / 2;
    long sums = 2 * values * terms.size();
    return new Work(
        "mixed operation",
        2 * product + 2 * half * halves.size() + sums,
        3 * product + 3 * half * halves.size() + 2 * sums);
  }

  /** Per convolution a square of channels; half of one for each half of a factorized reduction. */
  @Override
  public long multiplyAdds() {
    return multiplyAdds(convolutions.size(), halves.size());
  }

  @Override
  public long multiplyAdds(float[] mixing) {
    long reductions = halves.stream().filter(h -> mixing[h.mixingIndex()] != 0).count();
    return multiplyAdds(convolutions.count(i -> mixing[i] != 0), reductions);
  }

  private long multiplyAdds(long full, long half) {
    long square = (long) node.channels() * node.channels() * (node.columns() / node.batch());
    return square * full + square / 2 * half;
  }

  @Override
  public boolean overwritesValues() {
    return true;
  }

  @Override
  public List<Slot> assignedGradients() {
    return stack == null ? List.of() : List.of(stack);
  }

  @Override
  public void forward(Pass pass) {
    shift.fill(0);
    if (!convolutions.forward(pass, shift)) {
      kernels.zero(node.value());
    }
    for (HalfReduction half : halves) {
      if (!pass.leavesOut(half.mixingIndex())) {
        half.forward(pass, shift);
      }
    }
    List<Term> present = present(pass);
    List<Matrix> values = present.stream().map(t -> t.slot().value()).toList();
    kernels.addWeighted(values, factors(pass, present), node.value());
    if (!pass.training()) {
      kernels.scaleRows(node.value(), null, shift, node.value());
    }
  }

  private List<Term> present(Pass pass) {
    return terms.stream().filter(t -> !pass.leavesOut(t.mixingIndex())).toList();
  }

  private static Factors factors(Pass pass, List<Term> terms) {
    return new Factors(pass.mixing(), terms.stream().mapToInt(Term::mixingIndex).toArray());
  }

  @Override
  public void backward(Pass pass) {
    backwardOfTerms(pass, present(pass));
    boolean normalizes =
        convolutions.count(i -> !pass.leavesOut(i)) > 0
            || halves.stream().anyMatch(h -> !pass.leavesOut(h.mixingIndex()));
    if (!normalizes) {
      return;
    }
    if (pass.training()) {
      // from here on only the centred gradient matters: batch norm's output has no constant part
      kernels.centreRows(node.gradient(), means);
    } else {
      kernels.rowMeans(node.gradient(), means);
    }
    for (HalfReduction half : halves) {
      if (!pass.leavesOut(half.mixingIndex())) {
        half.backward(pass, means);
      }
    }
    convolutions.backward(pass, means);
  }

  private void backwardOfTerms(Pass pass, List<Term> present) {
    kernels.addWeightedBackward(
        node.gradient(),
        present.stream().map(t -> t.slot().value()).toList(),
        factors(pass, present),
        present.stream().map(t -> t.slot().gradient()).toList(),
        pass.mixingGradient());
  }
}
