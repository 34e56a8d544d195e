package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.List;

/**
 * Multi-head self-attention among the positions of a text, or the pixels of an image (Vaswani et
 * al., 2017, section 3.2.2): queries, keys and values by one projection with bias, heads side by
 * side, a projection with bias of what they give. Weights are named and ordered as in PyTorch's
 * {@code MultiheadAttention}.
 */
public final class SelfAttention implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final int heads;
  private final Slot output;

  private SelfAttention(Kernels kernels, Slot input, int heads, Slot output) {
    this.kernels = kernels;
    this.input = input;
    this.heads = heads;
    this.output = output;
  }

  /**
   * Adds it to a plan.
   *
   * @param name what its weights' names start with
   * @param input {@code [C, P]}
   * @param heads a divisor of C
   * @return {@code [C, P]}
   */
  public static Slot of(PlanBuilder plan, String name, Slot input, int heads) {
    int channels = input.channels();
    if (channels % heads != 0) {
      throw new IllegalArgumentException(
          "%s cannot divide %d channels among %d heads".formatted(name, channels, heads));
    }
    Slot projected =
        Projection.of(plan, name + ".in_proj_weight", name + ".in_proj_bias", input, 3 * channels);
    Slot attended = plan.slot(channels, input.extent());
    plan.add(
        new SelfAttention(plan.kernels(), projected, heads, attended),
        List.of(projected),
        List.of(attended));
    return Projection.of(
        plan, name + ".out_proj.weight", name + ".out_proj.bias", attended, channels);
  }

  /** Among the positions of one example, as many as those in the slot have on average. */
  @Override
  public long multiplyAdds() {
    long positions = output.columns() / output.batch();
    return 2 * positions * positions * output.channels();
  }

  @Override
  public Work work() {
    long operations = 2 * multiplyAdds() * output.batch();
    return new Work("attention", operations, 3 * operations);
  }

  @Override
  public List<Slot> assignedGradients() {
    return List.of(input);
  }

  @Override
  public void forward(Pass pass) {
    kernels.attend(input.value(), input.extent().places(), heads, output.value());
  }

  @Override
  public void backward(Pass pass) {
    kernels.attendBackward(
        input.value(), input.extent().places(), heads, output.gradient(), input.gradient());
  }
}
