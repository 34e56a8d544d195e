package dev.fletch.bench;

import dev.fletch.data.Batch;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Images of random pixels, as many as anybody asks for, with the classes in turn. */
final class RandomExamples implements ExampleSource {
  private static final int SIZE = 1 << 20;

  /** Different ones of a portion: drawing them anew would take longer than a card's step. */
  private static final int MINIBATCHES = 8;

  private final Map<Made, Batch> made = new ConcurrentHashMap<>();
  private final ImageShape shape;
  private final int classes;

  RandomExamples(ImageShape shape, int classes) {
    this.shape = shape;
    this.classes = classes;
  }

  private record Made(int size, long seed) {}

  /** The minibatch that a seed stands for. */
  ImageBatch batch(int size, long seed) {
    Random random = new Random(seed);
    float[] images = new float[size * shape.values()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    int[] labels = new int[size];
    int[] examples = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % classes;
      examples[i] = i;
    }
    return new ImageBatch(shape, images, labels, examples);
  }

  @Override
  public Input input() {
    return shape;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int size(Portion portion) {
    return SIZE;
  }

  @Override
  public Batch training(Portion portion, StepId at, int replica, int replicas, int batch) {
    long seed = at.step() % MINIBATCHES + (portion == Portion.ALPHA ? (long) MINIBATCHES : 0);
    return made.computeIfAbsent(new Made(batch, seed), of -> batch(of.size(), of.seed()));
  }

  @Override
  public Batch evaluation(Portion portion, int from, int to) {
    return batch(to - from, from);
  }
}
