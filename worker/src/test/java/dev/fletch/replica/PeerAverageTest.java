package dev.fletch.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSum;
import dev.fletch.gradient.Gradients;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks in threads, whose messages go through queues. */
class PeerAverageTest {
  private static final int STRIP = 5;

  @ParameterizedTest(name = "{0} replicas, {1} tasks, {2} weights")
  @CsvSource({
    "1, 1, 23",
    "2, 2, 1",
    "2, 2, 200",
    "5, 2, 23",
    "5, 3, 64",
    "4, 4, 3",
    "7, 4, 61",
    "9, 3, 10"
  })
  void isTheMeanInReplicaOrder(int replicas, int tasks, int weights) {
    int points = 3;
    List<List<GradientSum>> expectedFrom = sums(replicas, points, weights);
    List<Gradients> expected =
        IntStream.range(0, points)
            .mapToObj(
                p -> GradientSum.reduce(expectedFrom.stream().map(r -> r.get(p)).toList()).mean())
            .toList();
    Dealing dealing = Dealing.even(replicas, tasks);

    List<List<Gradients>> actual =
        onAll(
            dealing,
            average -> {
              List<Integer> own = dealing.of(average.rank());
              List<List<GradientSum>> all = sums(replicas, points, weights);
              average.of().mean(own.stream().map(all::get).toList());
              List<List<GradientSum>> again = sums(replicas, points, weights);
              return average.of().mean(own.stream().map(again::get).toList());
            });

    assertThat(actual)
        .hasSize(tasks)
        .allSatisfy(task -> assertThat(task).usingRecursiveComparison().isEqualTo(expected));
  }

  @ParameterizedTest(name = "replica {0}")
  @CsvSource({"0", "3"})
  void allHearOfAReplicaThatDiverged(int replica) {
    Dealing dealing = Dealing.even(4, 3);
    assertThatThrownBy(
            () ->
                onAll(
                    dealing,
                    average -> {
                      List<Integer> own = dealing.of(average.rank());
                      if (own.contains(replica)) {
                        throw average
                            .of()
                            .diverged(replica, new DivergedException("replica " + replica));
                      }
                      List<List<GradientSum>> all = sums(4, 1, 30);
                      return average.of().mean(own.stream().map(all::get).toList());
                    }))
        .isInstanceOf(DivergedException.class)
        .hasMessage("replica " + replica);
  }

  /** Per replica and point; every third replica has no example, nor has the first of nine. */
  private static List<List<GradientSum>> sums(int replicas, int points, int weights) {
    Random random = new Random(replicas);
    List<List<GradientSum>> all = new ArrayList<>();
    for (int replica = 0; replica < replicas; replica++) {
      List<GradientSum> ofReplica = new ArrayList<>();
      for (int point = 0; point < points; point++) {
        GradientSum sum =
            GradientSum.of(
                new BatchGradients(
                    vector(random, weights),
                    vector(random, 7),
                    vector(random, 0),
                    new BatchScore(random.nextDouble(), 1, 1 + random.nextInt(8)),
                    vector(random, 3)));
        boolean empty = replica % 3 == 2 || (replicas == 9 && replica == 0);
        ofReplica.add(empty ? GradientSum.empty(sum.carried()) : sum);
      }
      all.add(ofReplica);
    }
    return all;
  }

  private static float[] vector(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private record Task(int rank, PeerAverage of) {}

  private static <T> List<T> onAll(Dealing dealing, Function<Task, T> work) {
    int tasks = dealing.ofTasks().size();
    List<List<BlockingQueue<Peers.Message>>> queues =
        IntStream.range(0, tasks)
            .<List<BlockingQueue<Peers.Message>>>mapToObj(
                from ->
                    IntStream.range(0, tasks)
                        .<BlockingQueue<Peers.Message>>mapToObj(to -> new LinkedBlockingQueue<>())
                        .toList())
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(tasks);
    try {
      List<Future<T>> answers = new ArrayList<>();
      for (int rank = 0; rank < tasks; rank++) {
        Task task = new Task(rank, new PeerAverage(dealing, new Queues(rank, queues), STRIP));
        answers.add(threads.submit(() -> work.apply(task)));
      }
      List<T> all = new ArrayList<>();
      for (Future<T> answer : answers) {
        all.add(answer.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Arrays of messages that are done with are spoilt, as they may be used again. */
  private record Queues(int rank, List<List<BlockingQueue<Peers.Message>>> fromTo)
      implements Peers {
    @Override
    public int count() {
      return fromTo.size();
    }

    @Override
    public void send(int to, byte[] facts, List<FloatSlice> values) {
      int count = values.stream().mapToInt(FloatSlice::length).sum();
      float[] copy = new float[count + 1];
      int at = 0;
      for (FloatSlice slice : values) {
        System.arraycopy(slice.values(), slice.from(), copy, at, slice.length());
        at += slice.length();
      }
      fromTo.get(rank).get(to).add(new Sent(facts, copy, count));
    }

    @Override
    public Message receive(int from) {
      try {
        Message message = fromTo.get(from).get(rank).poll(20, TimeUnit.SECONDS);
        if (message == null) {
          throw new IllegalStateException("task %d waits for task %d".formatted(rank, from));
        }
        return message;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sent(byte[] facts, float[] values, int count) implements Peers.Message {
    @Override
    public void done() {
      Arrays.fill(values, Float.NaN);
    }
  }
}
