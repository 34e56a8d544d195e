package dev.fletch.nn;

import dev.fletch.engine.Geometry;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.engine.WeightSlot.Initialization;
import java.util.List;

/**
 * Dense convolutions 3x3 of stride 2 with affine batch norm, which halve an image: what stems for
 * large images are made of (quark0/darts, {@code model.py}, NetworkImageNet).
 */
public final class StridedConvolution {
  private static final int KERNEL = 3;

  private final Blocks blocks;

  /**
   * @param blocks with affine batch norms
   */
  public StridedConvolution(Blocks blocks) {
    this.blocks = blocks;
  }

  /** Of the images, whose gradient nobody needs: conv 3x3 of stride 2, batch norm. */
  public Slot ofImages(String weightName, String normName, Slot images, int channels) {
    return convolve(weightName, normName, images, channels, false);
  }

  /**
   * ReLU, conv 3x3 of stride 2, batch norm: {@code [Cin, H, W, N]} to {@code [channels, H/2, W/2,
   * N]}, halves rounded up.
   */
  public Slot of(String weightName, String normName, Slot input, int channels) {
    return convolve(weightName, normName, input, channels, true);
  }

  private Slot convolve(
      String weightName, String normName, Slot input, int channels, boolean inner) {
    PlanBuilder plan = blocks.plan();
    Geometry window = new Geometry(input.height(), input.width(), KERNEL, 2, 1);
    Slot unfolded =
        plan.slot(
            input.channels() * window.taps(), input.batch(), window.outHeight(), window.outWidth());
    Centred taps = new Centred(unfolded, plan.kernels().doubles(unfolded.channels()));
    Unfold unfold = new Unfold(plan.kernels(), input, window, inner, inner, taps);
    // nine times the input: computing it once more costs less than keeping it
    plan.addRepeatable(unfold, inner ? List.of(input) : List.of(), unfolded);
    WeightSlot weight =
        plan.weight(weightName, Initialization.UNIFORM, channels, input.channels(), KERNEL, KERNEL);
    Centred product = blocks.pointwise(taps, List.of(weight), channels);
    Slot output = plan.slot(channels, input.extent().strided(2));
    blocks.addNorm(List.of(normName), List.of(channels), product, output);
    return output;
  }
}
