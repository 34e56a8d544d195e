package dev.fletch.replica;

import dev.fletch.data.ExampleSource;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Examples of two values and two classes that follow from their number; training order = stored
 * order.
 */
record NumberedExamples(int size) implements ExampleSource {
  static final ImageShape SHAPE = new ImageShape(1, 1, 2);

  @Override
  public ImageShape input() {
    return SHAPE;
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public int size(Portion portion) {
    return size;
  }

  @Override
  public ImageBatch training(Portion portion, StepId at, int replica, int replicas, int batch) {
    int step = at.step() % steps(portion, 0, batch * replicas);
    int from = (step * replicas + replica) * batch;
    return evaluation(portion, Math.min(from, size), Math.min(from + batch, size));
  }

  @Override
  public ImageBatch evaluation(Portion portion, int from, int to) {
    int[] examples = IntStream.range(from, to).toArray();
    float[] images = new float[2 * examples.length];
    for (int i = 0; i < examples.length; i++) {
      images[2 * i] = (float) Math.sin(examples[i] + 1);
      images[2 * i + 1] = (float) Math.cos(3 * examples[i] + 1);
    }
    int[] labels = Arrays.stream(examples).map(e -> Math.sin(e + 1) > 0 ? 1 : 0).toArray();
    return new ImageBatch(SHAPE, images, labels, examples);
  }
}
