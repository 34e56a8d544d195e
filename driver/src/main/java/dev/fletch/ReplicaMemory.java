package dev.fletch;

import dev.fletch.data.ImageShape;
import dev.fletch.genotype.Operation;
import dev.fletch.supernet.SupernetSettings;

/**
 * Roughly the native memory of one replica of a supernet: the tensors that have to outlive the
 * forward pass, and as much again for their gradients. A separable convolution keeps its two
 * depthwise outputs and what is between them, a dilated one its depthwise output; pools and the
 * cell's inputs are kept per state, not per edge. Work space of the numeric library comes on top.
 */
final class ReplicaMemory {
  private static final int INPUTS = 2;

  private ReplicaMemory() {}

  static long bytes(SupernetSettings settings, ImageShape image, int batch) {
    long channels = settings.initChannels();
    int height = image.height();
    int width = image.width();
    long floats = (long) settings.stemMultiplier() * channels * height * width;
    for (int layer = 0; layer < settings.layers(); layer++) {
      if (settings.isReduction(layer)) {
        channels *= 2;
        height = (height + 1) / 2;
        width = (width + 1) / 2;
      }
      floats += tensors(settings) * channels * height * width;
    }
    return 2 * floats * batch * Float.BYTES;
  }

  private static long tensors(SupernetSettings settings) {
    long states = (long) INPUTS + settings.nodes();
    long sum = states;
    for (Operation operation : settings.operations()) {
      sum +=
          switch (operation) {
            case NONE, SKIP_CONNECT -> 0;
            case MAX_POOL_3X3, AVG_POOL_3X3 -> states - 1;
            case SEP_CONV_3X3, SEP_CONV_5X5, SEP_CONV_7X7 -> 3L * settings.edges();
            case DIL_CONV_3X3, DIL_CONV_5X5 -> settings.edges();
          };
    }
    return sum;
  }
}
