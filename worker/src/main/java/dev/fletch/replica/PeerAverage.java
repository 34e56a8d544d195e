package dev.fletch.replica;

import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSum;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The exchanges of one task with the others; see {@link PeerGradientSource}. */
final class PeerAverage {
  private final Dealing dealing;
  private final Peers peers;
  private final List<Dealing.Run> ownRuns;
  private final ReplicaOrderMean orderedMean = new ReplicaOrderMean();
  private int exchange;

  PeerAverage(Dealing dealing, Peers peers) {
    this.dealing = dealing;
    this.peers = peers;
    this.ownRuns = dealing.runs(peers.rank());
  }

  /**
   * Tells the others that a replica has no finite loss.
   *
   * @return what all of them throw: the news of the first such replica
   */
  DivergedException diverged(int replica, DivergedException what) {
    Round round = new Round(new SumFacts(++exchange, replica, what.getMessage(), List.of()), null);
    round.meet();
    return round.diverged();
  }

  /**
   * The means over all tasks' replicas.
   *
   * @param ofReplicas per replica of this task its sums, one for each point
   * @return one per point
   * @throws DivergedException if a replica of another task diverged
   */
  List<Gradients> mean(List<List<GradientSum>> ofReplicas) {
    List<List<GradientSum>> points = new ArrayList<>();
    for (int point = 0; point < ofReplicas.get(0).size(); point++) {
      points.add(runs(ofReplicas, point));
    }
    List<List<SumFacts.OfRun>> facts =
        points.stream().map(runs -> runs.stream().map(SumFacts.OfRun::of).toList()).toList();
    Round round = new Round(new SumFacts(++exchange, SumFacts.NONE, "", facts), points);
    round.meet();
    if (round.diverged() != null) {
      throw round.diverged();
    }
    return round.means();
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

  /** One exchange. */
  private final class Round {
    private final List<List<GradientSum>> own;
    private final SumFacts[] facts = new SumFacts[peers.count()];
    private final Peers.Message[] messages = new Peers.Message[peers.count()];

    /**
     * @param own per point and run
     */
    Round(SumFacts facts, List<List<GradientSum>> own) {
      this.own = own;
      this.facts[peers.rank()] = facts;
    }

    /** Sends each task its chunk of all sums, and takes what they send. */
    void meet() {
      byte[] told = facts[peers.rank()].toBytes();
      for (int task = 0; task < peers.count(); task++) {
        if (task != peers.rank()) {
          peers.send(task, told, own == null ? List.of() : chunkOf(task));
        }
      }
      for (int task = 0; task < peers.count(); task++) {
        if (task != peers.rank()) {
          messages[task] = peers.receive(task);
          facts[task] = SumFacts.of(messages[task].facts());
          requireSameExchange(task);
        }
      }
      if (diverged() != null) {
        giveBack();
      }
    }

    private List<FloatSlice> chunkOf(int task) {
      List<FloatSlice> slices = new ArrayList<>();
      for (List<GradientSum> point : own) {
        for (GradientSum sum : point) {
          List<float[]> vectors = sum.vectors();
          Chunks chunks = new Chunks(SumFacts.OfRun.of(sum).lengths(), peers.count());
          chunks.pieces(task).forEach(piece -> slices.add(piece.of(vectors)));
        }
      }
      return slices;
    }

    private void requireSameExchange(int task) {
      SumFacts mine = facts[peers.rank()];
      boolean other = facts[task].exchange() != mine.exchange();
      boolean more = diverged() == null && facts[task].points().size() != mine.points().size();
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

    DivergedException diverged() {
      SumFacts first = null;
      for (SumFacts one : facts) {
        boolean news = one != null && one.divergedReplica() != SumFacts.NONE;
        if (news && (first == null || one.divergedReplica() < first.divergedReplica())) {
          first = one;
        }
      }
      return first == null ? null : new DivergedException(first.divergence());
    }

    List<Gradients> means() {
      int points = own.size();
      List<Score> scores = new ArrayList<>(points);
      List<List<float[]>> vectors = new ArrayList<>(points);
      int[] taken = new int[peers.count()];
      List<FloatSlice> mine = new ArrayList<>();
      for (int point = 0; point < points; point++) {
        scores.add(score(point));
        List<Integer> lengths = lengths(point);
        vectors.add(lengths.stream().map(float[]::new).toList());
        mine.addAll(ownChunk(point, lengths, vectors.get(point), taken));
      }
      giveBack();
      for (int task = 0; task < peers.count(); task++) {
        if (task != peers.rank()) {
          peers.send(task, new byte[0], mine);
        }
      }
      for (int task = 0; task < peers.count(); task++) {
        if (task != peers.rank()) {
          takeChunk(task, vectors);
        }
      }
      List<Gradients> means = new ArrayList<>(points);
      for (int point = 0; point < points; point++) {
        List<float[]> of = vectors.get(point);
        means.add(new Gradients(of.get(0), of.get(1), of.get(2), scores.get(point)));
      }
      return means;
    }

    private Score score(int point) {
      List<GradientSum> sums = new ArrayList<>();
      for (SumFacts.OfRun run : byReplica(point)) {
        sums.add(run == null ? GradientSum.empty() : run.score());
      }
      return GradientSum.reduce(sums).mean().score();
    }

    private List<SumFacts.OfRun> byReplica(int point) {
      SumFacts.OfRun[] all = new SumFacts.OfRun[dealing.replicas()];
      for (int task = 0; task < peers.count(); task++) {
        List<Dealing.Run> runs = dealing.runs(task);
        for (int run = 0; run < runs.size(); run++) {
          all[runs.get(run).first()] = facts[task].points().get(point).get(run);
        }
      }
      return Arrays.asList(all);
    }

    private List<Integer> lengths(int point) {
      List<Integer> lengths = null;
      for (SumFacts.OfRun run : byReplica(point)) {
        if (run != null && run.examples() > 0) {
          if (lengths != null && !lengths.equals(run.lengths())) {
            throw new IllegalArgumentException(
                "Cannot add gradients of %s and %s values: replicas differ"
                    .formatted(lengths, run.lengths()));
          }
          lengths = run.lengths();
        }
      }
      return lengths;
    }

    /**
     * Adds up this task's chunk.
     *
     * @param means gets the result
     * @param taken per task how much of its message has been used
     * @return where the result is
     */
    private List<FloatSlice> ownChunk(
        int point, List<Integer> lengths, List<float[]> means, int[] taken) {
      Chunks chunks = new Chunks(lengths, peers.count());
      List<Chunks.Piece> pieces = chunks.pieces(peers.rank());
      long examples =
          byReplica(point).stream().mapToLong(run -> run == null ? 0 : run.examples()).sum();
      int within = 0;
      for (Chunks.Piece piece : pieces) {
        orderedMean.write(
            sums(point, piece, within, chunks.length(peers.rank()), taken),
            examples,
            piece.of(means));
        within += piece.length();
      }
      for (int task = 0; task < peers.count(); task++) {
        for (SumFacts.OfRun run : facts[task].points().get(point)) {
          taken[task] += run.examples() > 0 ? chunks.length(peers.rank()) : 0;
        }
      }
      return pieces.stream().map(piece -> piece.of(means)).toList();
    }

    /** By replica, as {@link ReplicaOrderMean#write} takes them. */
    private List<FloatSlice> sums(
        int point, Chunks.Piece piece, int within, int chunk, int[] taken) {
      FloatSlice[] sums = new FloatSlice[dealing.replicas()];
      for (int task = 0; task < peers.count(); task++) {
        List<Dealing.Run> runs = dealing.runs(task);
        int from = taken[task] + within;
        for (int run = 0; run < runs.size(); run++) {
          if (facts[task].points().get(point).get(run).examples() > 0) {
            sums[runs.get(run).first()] =
                task == peers.rank()
                    ? piece.of(own.get(point).get(run).vectors())
                    : new FloatSlice(messages[task].values(), from, piece.length());
            from += chunk;
          }
        }
      }
      return Arrays.asList(sums);
    }

    /** Takes the chunk of every point that another task has added up. */
    private void takeChunk(int task, List<List<float[]>> means) {
      Peers.Message message = peers.receive(task);
      int from = 0;
      for (List<float[]> vectors : means) {
        List<Integer> lengths = vectors.stream().map(vector -> vector.length).toList();
        for (Chunks.Piece piece : new Chunks(lengths, peers.count()).pieces(task)) {
          System.arraycopy(
              message.values(), from, vectors.get(piece.vector()), piece.from(), piece.length());
          from += piece.length();
        }
      }
      message.done();
    }

    private void giveBack() {
      for (int task = 0; task < messages.length; task++) {
        if (messages[task] != null) {
          messages[task].done();
          messages[task] = null;
        }
      }
    }
  }
}
