package dev.fletch.toy;

import dev.fletch.data.ExampleSource;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Noisy images of 2x2 pixels in three classes, each brightest at its own pixel; the same {@code
 * size} in every portion.
 */
public final class ToyExamples implements ExampleSource {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);
  private static final int CLASSES = 3;

  private final int size;
  private final long seed;

  public ToyExamples(int size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  @Override
  public ImageShape input() {
    return SHAPE;
  }

  @Override
  public int classes() {
    return CLASSES;
  }

  @Override
  public int size(Portion portion) {
    return size;
  }

  @Override
  public ImageBatch training(Portion portion, StepId at, int replica, int replicas, int batch) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed * 31 + at.draw() * 7L + portion.ordinal()));
    int step = at.step() % steps(portion, at.draw(), batch * replicas);
    int from = Math.min(size, (step * replicas + replica) * batch);
    int to = Math.min(size, from + batch);
    return batch(portion, order.subList(from, to).stream().mapToInt(i -> i).toArray());
  }

  @Override
  public ImageBatch evaluation(Portion portion, int from, int to) {
    int[] examples = new int[to - from];
    Arrays.setAll(examples, i -> from + i);
    return batch(portion, examples);
  }

  private static ImageBatch batch(Portion portion, int[] examples) {
    float[] images = new float[examples.length * SHAPE.values()];
    int[] labels = new int[examples.length];
    for (int n = 0; n < examples.length; n++) {
      Random noise = new Random(examples[n] * 101L + portion.ordinal());
      labels[n] = examples[n] % CLASSES;
      for (int i = 0; i < SHAPE.values(); i++) {
        images[n * SHAPE.values() + i] =
            (float) (0.4 * noise.nextGaussian() + (i == labels[n] ? 1 : 0));
      }
    }
    return new ImageBatch(SHAPE, images, labels, examples);
  }
}
