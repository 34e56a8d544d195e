package dev.fletch.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.Batch;
import dev.fletch.data.DataException;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinibatchesTest {
  private static final Shard SHARD = new Shard(1, 3, 2);
  private static final int BROKEN = 4;

  /** Images whose only pixel says which minibatch they are of; those of one step are broken. */
  private static final class Numbered implements ExampleSource {
    private final List<String> threads = new CopyOnWriteArrayList<>();

    @Override
    public Input input() {
      return new ImageShape(1, 1, 1);
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int size(Portion portion) {
      return 100;
    }

    @Override
    public Batch training(Portion portion, StepId at, int replica, int replicas, int batch) {
      threads.add(Thread.currentThread().getName());
      if (at.step() == BROKEN) {
        throw new DataException("broken");
      }
      float pixel = 1000 * portion.ordinal() + 100 * at.epoch() + 10 * at.step() + replica;
      int[] none = new int[batch];
      float[] pixels = {pixel, pixel};
      return new ImageBatch(new ImageShape(1, 1, 1), pixels, none, none);
    }

    @Override
    public Batch evaluation(Portion portion, int from, int to) {
      throw new UnsupportedOperationException();
    }
  }

  private static float pixel(Minibatches minibatches, Portion portion, int epoch, int step) {
    Batch batch = minibatches.of(portion, new StepId(epoch, step));
    assertThat(batch.size()).isEqualTo(2);
    return ((ImageBatch) batch).images()[0];
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areTheSameWhetherMadeAheadOrNot(boolean ahead) {
    Numbered source = new Numbered();
    Minibatches minibatches = new Minibatches(source, SHARD, ahead);
    float alpha = 1000 * Portion.ALPHA.ordinal() + 1;
    float weights = 1000 * Portion.WEIGHTS.ordinal() + 1;
    for (int step = 0; step < 3; step++) {
      assertThat(pixel(minibatches, Portion.ALPHA, 0, step)).isEqualTo(alpha + 10 * step);
      assertThat(pixel(minibatches, Portion.ALPHA, 0, step)).isEqualTo(alpha + 10 * step);
      assertThat(pixel(minibatches, Portion.WEIGHTS, 0, step)).isEqualTo(weights + 10 * step);
    }
    // another epoch than the one that was expected
    assertThat(pixel(minibatches, Portion.WEIGHTS, 1, 0)).isEqualTo(weights + 100);
    assertThat(source.threads.stream().anyMatch(name -> name.startsWith("fletch-minibatch")))
        .isEqualTo(ahead);
  }

  @Test
  void theNextIsMadeOnceAndMeanwhile() {
    Numbered source = new Numbered();
    Minibatches minibatches = new Minibatches(source, SHARD, true);
    pixel(minibatches, Portion.WEIGHTS, 0, 0);
    pixel(minibatches, Portion.WEIGHTS, 0, 1);
    pixel(minibatches, Portion.WEIGHTS, 0, 2);
    Stream<String> own = source.threads.stream().filter(Thread.currentThread().getName()::equals);
    assertThat(own).as("only the first is waited for").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsBrokenIsSaidWhenItIsAskedFor(boolean ahead) {
    Minibatches minibatches = new Minibatches(new Numbered(), SHARD, ahead);
    assertThat(pixel(minibatches, Portion.ALPHA, 0, BROKEN - 1)).isPositive();
    assertThatThrownBy(() -> minibatches.of(Portion.ALPHA, new StepId(0, BROKEN)))
        .isInstanceOf(DataException.class)
        .hasMessage("broken");
  }
}
