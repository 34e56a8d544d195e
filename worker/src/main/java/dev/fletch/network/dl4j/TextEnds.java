package dev.fletch.network.dl4j;

import dev.fletch.data.TokenShape;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Where texts end, which a graph reads off the words themselves: it needs no mask arrays. Laid out
 * where first asked for; what has weights keeps them in a training.
 */
final class TextEnds {
  /** So much lower that it never wins, and finite. */
  private static final double NEVER = 1e9;

  private final TextBlocks blocks;
  private final TokenShape shape;
  private final Set<String> laidOut = new LinkedHashSet<>();

  TextEnds(TextBlocks blocks, TokenShape shape) {
    this.blocks = blocks;
    this.shape = shape;
  }

  /** {@code [N, 1, T]}: 1 within a text and 0 behind its end. */
  State mask(int halvings) {
    State mask = new State("mask." + halvings, 1, halvings);
    if (laidOut.add(mask.vertex())) {
      if (halvings == 0) {
        float[] table = new float[shape.vocabulary()];
        Arrays.fill(table, 1);
        table[TokenShape.PADDING] = 0;
        blocks
            .graph()
            .addLayer(
                mask.vertex(),
                TextBlocks.lookup(shape, 1).updater(new NoOp()).build(),
                TextBlocks.INPUT);
        blocks.parameters().addConstant(mask.vertex(), "W", table);
      } else {
        Subsampling1DLayer.Builder everySecond = new Subsampling1DLayer.Builder(PoolingType.MAX);
        everySecond.kernelSize(1).stride(2);
        blocks.graph().addLayer(mask.vertex(), everySecond.build(), mask(halvings - 1).vertex());
      }
    }
    return mask;
  }

  /** {@code [N, 1, T]}: 0 within a text and -1 behind its end. */
  State beyond(int halvings) {
    State beyond = new State("beyond." + halvings, 1, halvings);
    if (laidOut.add(beyond.vertex())) {
      blocks.graph().addVertex(beyond.vertex(), new ShiftVertex(-1), mask(halvings).vertex());
    }
    return beyond;
  }

  /** A state that is 0 behind the ends. */
  State zeroed(String name, State state) {
    return blocks.elementWise(
        name, ElementWiseVertex.Op.Product, List.of(state, mask(state.halvings())));
  }

  /** A state that is lower than anything behind the ends. */
  State lowered(String name, State state) {
    State depth = new State("depth." + state.halvings(), 1, state.halvings());
    if (laidOut.add(depth.vertex())) {
      blocks
          .graph()
          .addVertex(depth.vertex(), new ScaleVertex(NEVER), beyond(state.halvings()).vertex());
    }
    return blocks.elementWise(name, ElementWiseVertex.Op.Add, List.of(state, depth));
  }

  /**
   * {@code [N, 1, T]}: the positions of a window over those of them that are within the text.
   *
   * @param kernel odd
   * @param halvings of what the windows are laid over
   */
  State averageFactor(int kernel, int halvings, int stride) {
    String name = "window.%d.%d.%d".formatted(kernel, halvings, stride);
    State factor = new State(name, 1, halvings + stride - 1);
    if (laidOut.add(name)) {
      layOutFactor(name, kernel, halvings, stride);
    }
    return factor;
  }

  /**
   * As a sum of what the number of positions exceeds 1, 2, ... by, since no layer divides: a line
   * from each number of positions to the next.
   */
  private void layOutFactor(String name, int kernel, int halvings, int stride) {
    int lines = kernel - 1;
    Convolution1D.Builder excess = new Convolution1D.Builder(kernel).stride(stride);
    excess.padding(kernel / 2).nOut(lines).activation(Activation.RELU).updater(new NoOp());
    Convolution1D.Builder sum = new Convolution1D.Builder(1);
    sum.nOut(1).updater(new NoOp());
    blocks
        .graph()
        .addLayer(name + ".excess", excess.build(), mask(halvings).vertex())
        .addLayer(name, sum.build(), name + ".excess");
    float[] ones = new float[lines * kernel];
    Arrays.fill(ones, 1);
    float[] thresholds = new float[lines];
    float[] bends = new float[lines];
    for (int i = 0; i < lines; i++) {
      thresholds[i] = -(i + 1);
      double slope = slope(kernel, i + 1);
      bends[i] = (float) (i == 0 ? slope : slope - slope(kernel, i));
    }
    blocks.parameters().addConstant(name + ".excess", "W", ones);
    blocks.parameters().addConstant(name + ".excess", "b", thresholds);
    blocks.parameters().addConstant(name, "W", bends);
    blocks.parameters().addConstant(name, "b", kernel);
  }

  /** Of {@code kernel / n} from n to n + 1. */
  private static double slope(int kernel, int n) {
    return (double) kernel / (n + 1) - (double) kernel / n;
  }
}
