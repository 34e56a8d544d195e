package dev.fletch.supernet;

import dev.fletch.engine.Guard;
import dev.fletch.engine.NormalizedProduct;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Centred;
import dev.fletch.nn.operation.Convolutions;
import dev.fletch.nn.operation.FactorizedReduction;
import dev.fletch.nn.operation.Identity;
import dev.fletch.nn.operation.OperationForm;
import dev.fletch.nn.operation.Zero;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lays out the operations of all edges that enter one node, and the step that mixes them. What ends
 * in a 1x1 convolution with batch norm is mixed without it, as the step takes that into its sum;
 * every other operation is a term of the sum, and terms without weights are shared by all edges
 * that leave a state.
 */
final class NodeMix {
  /**
   * One operation of an edge.
   *
   * @param state that the edge leaves
   * @param path what its weights' names start with
   * @param mixingIndex where its mixing weight lies
   * @param identity what an identity adds
   */
  record Place(CellState state, String path, int mixingIndex, Supplier<Slot> identity) {}

  private final Blocks blocks;
  private final Slot mixed;
  private final int channels;
  private final Slot stack;
  private final List<MixedOperation.Convolution> convolutions = new ArrayList<>();
  private final List<MixedOperation.Term> terms = new ArrayList<>();
  private final List<HalfReduction> halves = new ArrayList<>();

  /**
   * @param mixed what is written, {@code [C, H, W, N]}; C is the width of the operations
   * @param convolutions how many will be added
   */
  NodeMix(Blocks blocks, Slot mixed, int convolutions) {
    this.blocks = blocks;
    this.mixed = mixed;
    this.channels = mixed.channels();
    this.stack =
        convolutions == 0 ? null : blocks.plan().slot(convolutions * channels, mixed.extent());
  }

  /** Whether a form will be one of the convolutions that the constructor asks for. */
  static boolean isConvolution(OperationForm form) {
    return form instanceof Convolutions;
  }

  void add(OperationForm form, Place place) {
    if (form instanceof Zero) {
      return;
    }
    if (form instanceof Convolutions several) {
      Guard guard = Guard.of(place.mixingIndex());
      convolutions.add(blocks.plan().guarded(guard, () -> convolution(several, place)));
    } else if (form instanceof FactorizedReduction) {
      addReduction(place);
    } else {
      terms.add(new MixedOperation.Term(term(form, place), place.mixingIndex()));
    }
  }

  private Slot term(OperationForm form, Place place) {
    if (form instanceof Identity) {
      return place.identity().get();
    }
    if (!form.hasWeights()) {
      return place.state().shared(form, place.mixingIndex());
    }
    return blocks
        .plan()
        .guarded(
            Guard.of(place.mixingIndex()),
            () -> form.layOut(blocks, place.path(), place.state().slot()));
  }

  private MixedOperation.Convolution convolution(Convolutions form, Place place) {
    Slot block = stack.channels(convolutions.size() * channels, channels);
    Centred last = form.untilLastProduct(blocks, place.path(), place.state().slot(), block);
    NormalizedProduct product = form.lastProduct(blocks, place.path(), block);
    return new MixedOperation.Convolution(last, product, place.mixingIndex());
  }

  private void addReduction(Place place) {
    PlanBuilder plan = blocks.plan();
    int mixingIndex = place.mixingIndex();
    Centred evenPixels = place.state().evenPixels(mixingIndex);
    Centred oddPixels = place.state().oddPixels(mixingIndex);
    int half = channels / 2;
    int statistics = plan.statistics(channels);
    String path = place.path();
    NormalizedProduct even =
        blocks.halfReduction(
            path + ".conv_1.weight", half, evenPixels.slot(), statistics, channels);
    NormalizedProduct odd =
        blocks.halfReduction(
            path + ".conv_2.weight", half, oddPixels.slot(), statistics + half, channels);
    halves.add(new HalfReduction(plan, evenPixels, even, mixingIndex, mixed, 0));
    halves.add(new HalfReduction(plan, oddPixels, odd, mixingIndex, mixed, half));
  }

  /** Adds the step that mixes them all. */
  void mix() {
    List<Slot> reads = new ArrayList<>();
    terms.forEach(t -> reads.add(t.slot()));
    halves.forEach(h -> reads.add(h.input()));
    if (stack != null) {
      reads.add(stack);
    }
    PlanBuilder plan = blocks.plan();
    plan.add(
        new MixedOperation(plan, stack, convolutions, terms, halves, mixed), reads, List.of(mixed));
  }
}
