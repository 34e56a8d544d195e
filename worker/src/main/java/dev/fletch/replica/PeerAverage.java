package dev.fletch.replica;

import dev.fletch.engine.Floats;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSum;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The exchanges of one task with the others; see {@link PeerGradientSource}. */
final class PeerAverage {
  private final Dealing dealing;
  private final Peers peers;
  private final int stripLength;
  private final List<Dealing.Run> ownRuns;
  private final ReplicaOrderMean orderedMean = new ReplicaOrderMean();
  private int exchange;

  PeerAverage(Dealing dealing, Peers peers) {
    this(dealing, peers, PeerMean.STRIP);
  }

  /**
   * @param stripLength most elements of what is sent at a time; the same for all tasks
   */
  PeerAverage(Dealing dealing, Peers peers, int stripLength) {
    this.dealing = dealing;
    this.peers = peers;
    this.stripLength = stripLength;
    this.ownRuns = dealing.runs(peers.rank());
  }

  /**
   * Tells the others that a replica has no finite loss.
   *
   * @return what all of them throw: the news of the first such replica
   */
  DivergedException diverged(int replica, DivergedException what) {
    SumFacts told = new SumFacts(++exchange, replica, what.getMessage(), List.of());
    return divergence(meet(told, List.of()).facts());
  }

  /**
   * The means over all tasks' replicas.
   *
   * @param ofReplicas per replica of this task its sums, one for each point; used up
   * @return one per point
   * @throws DivergedException if a replica of another task diverged
   */
  List<Gradients> mean(List<List<GradientSum>> ofReplicas) {
    List<List<GradientSum>> own = new ArrayList<>();
    for (int point = 0; point < ofReplicas.get(0).size(); point++) {
      own.add(runs(ofReplicas, point));
    }
    List<List<SumFacts.OfRun>> ofRuns =
        own.stream().map(runs -> runs.stream().map(SumFacts.OfRun::of).toList()).toList();
    Met met = meet(new SumFacts(++exchange, SumFacts.NONE, "", ofRuns), carried(own));
    SumFacts[] facts = met.facts();
    DivergedException diverged = divergence(facts);
    if (diverged != null) {
      throw diverged;
    }
    List<List<float[]>> means =
        new PeerMean(dealing, peers, orderedMean, facts, own, stripLength).vectors();
    List<Gradients> gradients = new ArrayList<>(means.size());
    for (int point = 0; point < means.size(); point++) {
      List<float[]> of = means.get(point);
      gradients.add(
          new Gradients(
              Floats.of(of.get(0)),
              of.get(1),
              Floats.of(of.get(2)),
              score(facts, point),
              carried(met, point),
              statisticsShare(facts, point)));
    }
    return gradients;
  }

  private List<GradientSum> runs(List<List<GradientSum>> ofReplicas, int point) {
    List<GradientSum> sums = new ArrayList<>(ownRuns.size());
    int next = 0;
    for (Dealing.Run run : ownRuns) {
      sums.add(
          GradientSum.reduceGroup(
              ofReplicas.subList(next, next + run.length()).stream()
                  .map(replica -> replica.get(point))
                  .toList()));
      next += run.length();
    }
    return sums;
  }

  /**
   * What all tasks say before any vector travels.
   *
   * @param carried per task what its replicas remember, as {@link SumFacts} says
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier within this class, never compared
  private record Met(SumFacts[] facts, float[][] carried) {}

  private Met meet(SumFacts own, List<FloatSlice> carried) {
    byte[] told = own.toBytes();
    for (int task = 0; task < peers.count(); task++) {
      if (task != peers.rank()) {
        peers.send(task, told, carried);
      }
    }
    Met met = new Met(new SumFacts[peers.count()], new float[peers.count()][]);
    for (int task = 0; task < peers.count(); task++) {
      if (task == peers.rank()) {
        met.facts[task] = own;
        met.carried[task] = FloatSlice.joined(carried);
      } else {
        Peers.Message message = peers.receive(task);
        met.facts[task] = SumFacts.of(message.facts());
        met.carried[task] = Arrays.copyOf(message.values(), message.count());
        message.done();
      }
    }
    requireSameExchange(met.facts);
    return met;
  }

  private static List<FloatSlice> carried(List<List<GradientSum>> own) {
    return own.stream()
        .flatMap(List::stream)
        .map(GradientSum::carried)
        .filter(values -> values.length > 0)
        .map(values -> new FloatSlice(values, 0, values.length))
        .toList();
  }

  /** What all replicas remember behind {@code point}, in their order. */
  private float[] carried(Met met, int point) {
    FloatSlice[] byReplica = new FloatSlice[dealing.replicas()];
    for (int task = 0; task < peers.count(); task++) {
      int from = 0;
      for (int before = 0; before <= point; before++) {
        List<SumFacts.OfRun> runs = met.facts[task].points().get(before);
        for (int run = 0; run < runs.size(); run++) {
          int length = runs.get(run).carried();
          int first = dealing.runs(task).get(run).first();
          byReplica[first] = new FloatSlice(met.carried[task], from, length);
          from += length;
        }
      }
    }
    return FloatSlice.joined(Arrays.stream(byReplica).filter(Objects::nonNull).toList());
  }

  /** That of the first run with examples; all others have the same. */
  private static float statisticsShare(SumFacts[] facts, int point) {
    return Arrays.stream(facts)
        .flatMap(task -> task.points().get(point).stream())
        .filter(run -> run.examples() > 0)
        .findFirst()
        .orElseThrow()
        .statisticsShare();
  }

  private void requireSameExchange(SumFacts[] facts) {
    SumFacts mine = facts[peers.rank()];
    boolean diverged = divergence(facts) != null;
    for (int task = 0; task < facts.length; task++) {
      boolean other = facts[task].exchange() != mine.exchange();
      boolean more = !diverged && facts[task].points().size() != mine.points().size();
      if (other || more) {
        throw new IllegalStateException(
            "Tasks do not take the same steps: task %d is at exchange %d of %d points, task %d at %d of %d"
                .formatted(
                    peers.rank(),
                    mine.exchange(),
                    mine.points().size(),
                    task,
                    facts[task].exchange(),
                    facts[task].points().size()));
      }
    }
  }

  private static DivergedException divergence(SumFacts[] facts) {
    SumFacts first = null;
    for (SumFacts one : facts) {
      boolean news = one.divergedReplica() != SumFacts.NONE;
      if (news && (first == null || one.divergedReplica() < first.divergedReplica())) {
        first = one;
      }
    }
    return first == null ? null : new DivergedException(first.divergence());
  }

  private Score score(SumFacts[] facts, int point) {
    GradientSum[] byReplica = new GradientSum[dealing.replicas()];
    Arrays.fill(byReplica, GradientSum.empty());
    for (int task = 0; task < peers.count(); task++) {
      List<Dealing.Run> runs = dealing.runs(task);
      for (int run = 0; run < runs.size(); run++) {
        byReplica[runs.get(run).first()] = facts[task].points().get(point).get(run).score();
      }
    }
    return GradientSum.reduce(Arrays.asList(byReplica)).mean().score();
  }
}
