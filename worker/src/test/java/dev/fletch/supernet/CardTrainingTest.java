package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.bilevel.SearchState;
import dev.fletch.cuda.EmulatedDriver;
import dev.fletch.cuda.NeedsEmulator;
import dev.fletch.cuda.TestCard;
import dev.fletch.engine.Device;
import dev.fletch.engine.FlatKernels;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.StateVectors;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.replica.Dealing;
import dev.fletch.replica.FloatSlice;
import dev.fletch.replica.PeerGradientSource;
import dev.fletch.replica.Peers;
import dev.fletch.replica.Replica;
import dev.fletch.replica.Shard;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Epochs of a search on a card, w with all that its training needs staying there. */
@NeedsEmulator
class CardTrainingTest {

  /** What minibatches, mixing weights, logits and norms fit into, and w does not. */
  private static final int FEW_BYTES = 1024;

  /** Of how a vector moved, in L2 norm: that of the golden tests for w. */
  private static final double MOVEMENT = 1e-3;

  /** The same of Adam, whose steps turn round with a gradient that is nearly 0. */
  private static final double MOVEMENT_OF_ADAM = 0.3;

  @AfterEach
  void onTheHost() {
    Device.HOST.bind();
  }

  private static SmallSearch.Left firstEpoch(OptimizerSettings optimizer, int order) {
    try (SmallSearch search = new SmallSearch(optimizer, order)) {
      return search.epochFrom(search.start(), 0);
    }
  }

  @ParameterizedTest(name = "order {0}, {1}")
  @CsvSource({"2, SGD", "1, ADAM"})
  void anEpochIsThatOfTheHostAndTheSameBitsTwice(int order, String optimizer) {
    compare(order, optimizer);
  }

  @Tag("slow")
  @ParameterizedTest(name = "order {0}, {1}")
  @CsvSource({"1, SGD", "2, ADAM"})
  void soAreTheOthers(int order, String optimizer) {
    compare(order, optimizer);
  }

  private static void compare(int order, String optimizer) {
    boolean sgd = optimizer.equals("SGD");
    OptimizerSettings settings =
        sgd ? new SgdSettings(0.9, 3e-4) : new AdamSettings(0.9, 0.999, 1e-8, 3e-4);
    SmallSearch.Left host = firstEpoch(settings, order);
    StateVectors start;
    try (SmallSearch search = new SmallSearch(settings, order)) {
      start = search.start();
    }
    Device.card(() -> TestCard.open(4)).bind();
    SmallSearch.Left card = firstEpoch(settings, order);
    Device.card(() -> TestCard.open(9)).bind();
    SmallSearch.Left again = firstEpoch(settings, order);

    assertThat(again.state().checksum()).isEqualTo(card.state().checksum());
    assertThat(again.scores()).isEqualTo(card.scores());
    double tolerance = sgd ? MOVEMENT : MOVEMENT_OF_ADAM;
    assertMoved("w", start, card, host, tolerance);
    assertMoved("statistics", start, card, host, sgd ? MOVEMENT : 0.05);
    assertMoved("of w", start, card, host, sgd ? MOVEMENT : 5e-2);
    assertMoved("alpha", start, card, host, MOVEMENT_OF_ADAM);
    assertThat(card.state().counters()).isEqualTo(host.state().counters());
  }

  /** That {@code card} went from the start where {@code host} did. */
  private static void assertMoved(
      String vector,
      StateVectors start,
      SmallSearch.Left card,
      SmallSearch.Left host,
      double tolerance) {
    float[] from = start.vectors().get(vector);
    float[] actual = card.state().vectors().get(vector);
    float[] expected = host.state().vectors().get(vector);
    double apart = 0;
    double moved = 0;
    for (int i = 0; i < from.length; i++) {
      apart += Math.pow((double) actual[i] - expected[i], 2);
      moved += Math.pow((double) expected[i] - from[i], 2);
    }
    assertThat(moved).as("movement of %s", vector).isPositive();
    assertThat(Math.sqrt(apart / moved)).as(vector).isLessThan(tolerance);
  }

  @Test
  void whatIsSavedOnACardGoesOnThereToTheSameBits() {
    int order = 2;
    TestCard.bind();
    SgdSettings sgd = new SgdSettings(0.9, 3e-4);
    StateVectors half;
    StateVectors unbroken;
    try (SmallSearch search = new SmallSearch(sgd, order);
        SearchState state = search.restore(search.start())) {
      search.epoch(state, 0);
      half = SmallSearch.saved(state).copy();
      search.epoch(state, 1);
      unbroken = SmallSearch.saved(state);
    }
    try (SmallSearch other = new SmallSearch(sgd, order)) {
      assertThat(other.epochFrom(half, 1).state().checksum()).isEqualTo(unbroken.checksum());
    }
  }

  /** A task among so many, which says nothing to the others. */
  private record Silent(int count) implements Peers {
    @Override
    public int rank() {
      return 0;
    }

    @Override
    public void send(int to, byte[] facts, List<FloatSlice> values) {
      throw new IllegalStateException("nothing is to be sent");
    }

    @Override
    public Message receive(int from) {
      throw new IllegalStateException("nothing is to come");
    }
  }

  /** Two replicas on one network, in one task of so many. */
  private static GradientSource ofTask(Supernet network, int tasks) {
    Dealing dealing = Dealing.even(2 * tasks, tasks);
    List<Replica> replicas =
        IntStream.range(0, 2)
            .mapToObj(
                r ->
                    new Replica(
                        network,
                        SmallSearch.EXAMPLES,
                        new Shard(r, 2 * tasks, SmallSearch.BATCH),
                        SmallSearch.SEED))
            .toList();
    return new PeerGradientSource(replicas, dealing, new Silent(tasks));
  }

  @Test
  void aTaskThatIsAloneKeepsWWhereItsNetworkIs() {
    TestCard.bind();
    SgdSettings sgd = new SgdSettings(0.9, 3e-4);
    try (SmallSearch alone = new SmallSearch(sgd, 1, network -> ofTask(network, 1));
        SmallSearch oneOfTwo = new SmallSearch(sgd, 1, network -> ofTask(network, 2))) {
      assertThat(alone.source.place()).isNotSameAs(FlatKernels.HOST);
      assertThat(oneOfTwo.source.place()).isSameAs(FlatKernels.HOST);

      SmallSearch.Left left = alone.epochFrom(alone.start(), 0);

      assertThat(left.state().checksum()).isEqualTo(firstEpoch(sgd, 1).state().checksum());
    }
  }

  @Tag("emulated")
  @Test
  void nothingLargeTravelsInAnEpoch() {
    List<EmulatedDriver> cards = TestCard.bindEmulated();
    try (SmallSearch search = new SmallSearch(new SgdSettings(0.9, 3e-4), 2);
        SearchState state = search.restore(search.start())) {
      assertThat(bytesOfW(state)).isGreaterThan(4 * FEW_BYTES);
      search.epoch(state, 0);
      int allocations = cards.stream().mapToInt(EmulatedDriver::allocations).sum();
      List<Copies> before = cards.stream().map(Copies::of).toList();

      search.epoch(state, 1);

      assertThat(cards).as("one for full minibatches, one for the others").hasSize(2);
      for (int i = 0; i < 2; i++) {
        assertThat(before.get(i).since(cards.get(i)))
            .as("bytes of each copy")
            .hasSizeGreaterThan(20)
            .allMatch(bytes -> bytes <= FEW_BYTES);
      }
      assertThat(cards.stream().mapToInt(EmulatedDriver::allocations).sum())
          .as("vectors that are used again")
          .isEqualTo(allocations);
      int read = cards.get(0).downloaded().size();
      state.training().weightsOnHost();
      assertThat(cards.get(0).downloaded().get(read)).as("a reading").isEqualTo(bytesOfW(state));
    }
  }

  private static int bytesOfW(SearchState state) {
    return state.training().weights().length() * Float.BYTES;
  }

  /** How many copies there were so far. */
  private record Copies(int up, int down) {
    static Copies of(EmulatedDriver card) {
      return new Copies(card.uploaded().size(), card.downloaded().size());
    }

    /** The bytes of each copy since then. */
    List<Integer> since(EmulatedDriver card) {
      return Stream.concat(card.uploaded().stream().skip(up), card.downloaded().stream().skip(down))
          .toList();
    }
  }
}
