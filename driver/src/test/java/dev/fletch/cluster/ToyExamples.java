package dev.fletch.cluster;

import dev.fletch.data.ExampleSource;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import java.util.Random;
import java.util.stream.IntStream;

/** Random images of three classes; an epoch's order is a permutation drawn from the epoch. */
final class ToyExamples implements ExampleSource {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 3);
  private static final int CLASSES = 3;

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
    return portion == Portion.ALPHA ? 29 : 37;
  }

  @Override
  public ImageBatch training(Portion portion, StepId at, int replica, int replicas, int batch) {
    int size = size(portion);
    int step = at.step() % steps(portion, batch * replicas);
    int from = Math.min(size, (step * replicas + replica) * batch);
    int to = Math.min(size, from + batch);
    int[] order = permutation(size, at.epoch());
    return batch(portion, IntStream.range(from, to).map(i -> order[i]).toArray());
  }

  @Override
  public ImageBatch evaluation(Portion portion, int from, int to) {
    return batch(portion, IntStream.range(from, to).toArray());
  }

  private static int[] permutation(int size, int epoch) {
    Random random = new Random(epoch);
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  private static ImageBatch batch(Portion portion, int[] examples) {
    float[] images = new float[examples.length * SHAPE.values()];
    int[] labels = new int[examples.length];
    for (int n = 0; n < examples.length; n++) {
      Random random = new Random(1000L * portion.ordinal() + examples[n]);
      labels[n] = random.nextInt(CLASSES);
      for (int i = 0; i < SHAPE.values(); i++) {
        images[n * SHAPE.values() + i] = (float) random.nextGaussian() + (i == labels[n] ? 1 : 0);
      }
    }
    return new ImageBatch(SHAPE, images, labels, examples);
  }
}
