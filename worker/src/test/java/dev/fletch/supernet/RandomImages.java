package dev.fletch.supernet;

import dev.fletch.data.ExampleSource;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import java.util.Random;
import java.util.stream.IntStream;

/** So many images of noise in every portion, in stored order; each is a function of its number. */
record RandomImages(ImageShape input, int classes, int count) implements ExampleSource {
  @Override
  public int size(Portion portion) {
    return count;
  }

  @Override
  public ImageBatch training(Portion portion, StepId at, int replica, int replicas, int batch) {
    int from = (at.step() * replicas + replica) * batch;
    return evaluation(portion, Math.min(from, count), Math.min(from + batch, count));
  }

  @Override
  public ImageBatch evaluation(Portion portion, int from, int to) {
    int[] examples = IntStream.range(from, to).toArray();
    float[] images = new float[examples.length * input.values()];
    int[] labels = new int[examples.length];
    for (int i = 0; i < examples.length; i++) {
      Random random = new Random(31L * examples[i] + portion.ordinal());
      labels[i] = random.nextInt(classes);
      for (int v = 0; v < input.values(); v++) {
        images[i * input.values() + v] = (float) random.nextGaussian();
      }
    }
    return new ImageBatch(input, images, labels, examples);
  }
}
