package dev.fletch.replica;

import dev.fletch.gradient.GradientSum;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The vectors of one exchange: every task adds up its chunk of all sums (a reduce-scatter) and
 * sends its mean to the others (an all-gather). Both go on at once, strip by strip, so that strips
 * are under way while others are added up, and a strip is still in the processor's caches when the
 * next thing is done with it.
 *
 * <p>What tasks say to each other is the same sequence for all: at step {@code t} the sums of strip
 * {@code t}, then the mean of strip {@code t - }{@value #STEPS_TO_MEAN}; it is taken {@value
 * #STEPS_TO_ARRIVE} steps later. Nobody waits for what has not been sent by a task that waits.
 */
final class PeerMean {
  /** Strips of this many elements are 512 KiB. */
  static final int STRIP = 1 << 17;

  private static final int STEPS_TO_ARRIVE = 2;
  private static final int STEPS_TO_MEAN = STEPS_TO_ARRIVE + 1;

  private final Dealing dealing;
  private final Peers peers;
  private final ReplicaOrderMean orderedMean;
  private final List<Point> points = new ArrayList<>();
  private final List<Strip> strips = new ArrayList<>();
  private final Deque<Peers.Message[]> waiting = new ArrayDeque<>();

  /** From the next task on, so that not all send to the same one first. */
  private final List<Integer> others;

  private record Strip(Point point, int number) {}

  /**
   * @param facts per task what it said of its sums
   * @param own per point and run; used up
   * @param stripLength most elements of a strip
   */
  PeerMean(
      Dealing dealing,
      Peers peers,
      ReplicaOrderMean orderedMean,
      SumFacts[] facts,
      List<List<GradientSum>> own,
      int stripLength) {
    this.dealing = dealing;
    this.peers = peers;
    this.orderedMean = orderedMean;
    this.others =
        IntStream.range(1, peers.count())
            .mapToObj(next -> (peers.rank() + next) % peers.count())
            .toList();
    for (int number = 0; number < own.size(); number++) {
      Point point = new Point(number, facts, own.get(number), stripLength);
      points.add(point);
      for (int strip = 0; strip < point.chunks.strips(); strip++) {
        strips.add(new Strip(point, strip));
      }
    }
  }

  /** Per point the means of all tasks' vectors. */
  List<List<float[]>> vectors() {
    for (int step = 0; step < strips.size() + STEPS_TO_MEAN + STEPS_TO_ARRIVE; step++) {
      at(step).forEach(this::sendSums);
      at(step - STEPS_TO_MEAN).forEach(this::sendMean);
      at(step - STEPS_TO_ARRIVE).forEach(this::takeSums);
      at(step - STEPS_TO_ARRIVE - STEPS_TO_MEAN).forEach(this::takeMean);
    }
    return points.stream().map(point -> point.means).toList();
  }

  private List<Strip> at(int step) {
    return step < 0 || step >= strips.size() ? List.of() : List.of(strips.get(step));
  }

  private void sendSums(Strip strip) {
    for (int task : others) {
      peers.send(task, new byte[0], strip.point.sums(task, strip.number));
    }
  }

  private void takeSums(Strip unused) {
    waiting.add(receiveFromAll());
  }

  private void sendMean(Strip strip) {
    Peers.Message[] messages = waiting.remove();
    List<FloatSlice> mean = strip.point.add(strip.number, messages);
    done(messages);
    for (int task : others) {
      peers.send(task, new byte[0], mean);
    }
  }

  private void takeMean(Strip strip) {
    Peers.Message[] messages = receiveFromAll();
    for (int task : others) {
      int from = 0;
      for (Chunks.Piece piece : strip.point.chunks.pieces(task, strip.number)) {
        float[] to = strip.point.means.get(piece.vector());
        System.arraycopy(messages[task].values(), from, to, piece.from(), piece.length());
        from += piece.length();
      }
    }
    done(messages);
  }

  private Peers.Message[] receiveFromAll() {
    Peers.Message[] messages = new Peers.Message[peers.count()];
    for (int task : others) {
      messages[task] = peers.receive(task);
    }
    return messages;
  }

  private static void done(Peers.Message[] messages) {
    for (Peers.Message message : messages) {
      if (message != null) {
        message.done();
      }
    }
  }

  /** The sums of one weight vector (or one of mixing weights), in all tasks. */
  private final class Point {
    private final int number;
    private final SumFacts[] facts;
    private final List<GradientSum> own;
    private final Chunks chunks;
    private final long examples;
    private final List<float[]> means;

    Point(int number, SumFacts[] facts, List<GradientSum> own, int stripLength) {
      this.number = number;
      this.facts = facts;
      this.own = own;
      List<SumFacts.OfRun> all =
          Arrays.stream(facts).flatMap(task -> task.points().get(number).stream()).toList();
      List<Integer> lengths = SumFacts.lengths(all);
      this.chunks = new Chunks(lengths, peers.count(), stripLength);
      this.examples = all.stream().mapToLong(SumFacts.OfRun::examples).sum();
      this.means =
          own.stream()
              .filter(sum -> sum.examples() > 0)
              .findFirst()
              .map(
                  GradientSum::vectors) // the sum of a strip has been sent before its mean is known
              .orElseGet(() -> lengths.stream().map(float[]::new).toList());
    }

    /** This task's sums of a strip of another task's chunk. */
    List<FloatSlice> sums(int task, int strip) {
      List<FloatSlice> slices = new ArrayList<>();
      for (GradientSum sum : own) {
        if (sum.examples() > 0) {
          for (Chunks.Piece piece : chunks.pieces(task, strip)) {
            slices.add(piece.of(sum.vectors()));
          }
        }
      }
      return slices;
    }

    /** Adds up a strip of this task's chunk and says where its mean is. */
    List<FloatSlice> add(int strip, Peers.Message[] messages) {
      List<FloatSlice> mean = new ArrayList<>();
      int within = 0;
      for (Chunks.Piece piece : chunks.pieces(peers.rank(), strip)) {
        FloatSlice to = piece.of(means);
        orderedMean.write(byReplica(piece, strip, within, messages), examples, to);
        mean.add(to);
        within += piece.length();
      }
      return mean;
    }

    /** By replica, as {@link ReplicaOrderMean#write} takes them. */
    private List<FloatSlice> byReplica(
        Chunks.Piece piece, int strip, int within, Peers.Message[] messages) {
      FloatSlice[] sums = new FloatSlice[dealing.replicas()];
      for (int task = 0; task < peers.count(); task++) {
        List<Dealing.Run> runs = dealing.runs(task);
        int from = within;
        for (int run = 0; run < runs.size(); run++) {
          if (facts[task].points().get(number).get(run).examples() > 0) {
            sums[runs.get(run).first()] =
                task == peers.rank()
                    ? piece.of(own.get(run).vectors())
                    : new FloatSlice(messages[task].values(), from, piece.length());
            from += chunks.length(peers.rank(), strip);
          }
        }
      }
      return Arrays.asList(sums);
    }
  }
}
