package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Operation;
import dev.fletch.bilevel.AlphaGradient;
import dev.fletch.bilevel.BilevelStep;
import dev.fletch.bilevel.SearchState;
import dev.fletch.cuda.EmulatedDriver;
import dev.fletch.cuda.NeedsEmulator;
import dev.fletch.cuda.TestCard;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Device;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.StateVectors;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.optimizer.OptimizerState;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.task.Classification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Epochs of a search on a card, w with all that its training needs staying there: two replicas, of
 * which one has a smaller minibatch in the last step and one has none.
 */
@NeedsEmulator
class CardTrainingTest {
  private static final ImageShape IMAGES = new ImageShape(2, 5, 5);
  private static final int BATCH = 3;
  private static final int CLASSES = 4;
  private static final double CLIP = 0.5;
  private static final List<Operation> OPERATIONS =
      List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);
  private static final SupernetSettings SPACE = new SupernetSettings(4, 3, 2, 3, OPERATIONS);
  private static final SoftmaxRelaxation RELAXATION = new SoftmaxRelaxation(OPERATIONS.size(), 1);

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

  /** What an epoch leaves. */
  private record Left(StateVectors state, List<Score> scores) {}

  /** Epochs of a search, from its start or from where another one was. */
  private static final class Search implements AutoCloseable {
    private final OptimizerSettings optimizer;
    private final int order;
    private final LocalGradientSource source;

    Search(OptimizerSettings optimizer, int order) {
      this.optimizer = optimizer;
      this.order = order;
      Supernet network = new Supernet(SPACE, IMAGES, new Classification(CLASSES), BATCH, 1);
      this.source =
          new LocalGradientSource(network, new RandomImages(IMAGES, CLASSES, 8), 2, BATCH, 5);
    }

    StateVectors start() {
      int length = source.size().weights();
      float[] alpha = new float[source.size().mixing()];
      for (int i = 0; i < alpha.length; i++) {
        alpha[i] = 1e-3f * (i % 7);
      }
      return new StateVectors(
          Map.of(
              "w", source.initialWeights(1),
              "statistics", source.initialStatistics(),
              "of w", optimizer.optimizer(length).state().values(),
              "alpha", alpha,
              "of alpha", adam().optimizer(alpha.length).state().values()),
          Map.of("of w", 0L, "of alpha", 0L));
    }

    private static AdamSettings adam() {
      return new AdamSettings(0.5, 0.999, 1e-8, 1e-3);
    }

    SearchState restore(StateVectors from) {
      StateVectors own = from.copy();
      float[] w = own.vectors().get("w");
      float[] alpha = own.vectors().get("alpha");
      TrainingState training =
          new TrainingState(w, optimizer.optimizer(w.length), own.vectors().get("statistics"));
      SearchState state = new SearchState(training, alpha, adam().optimizer(alpha.length));
      training
          .optimizer()
          .restore(new OptimizerState(own.vectors().get("of w"), own.counters().get("of w")));
      state
          .alphaOptimizer()
          .restore(
              new OptimizerState(own.vectors().get("of alpha"), own.counters().get("of alpha")));
      return state.at(source.place());
    }

    static StateVectors saved(SearchState state) {
      OptimizerState ofW = state.training().optimizer().state();
      OptimizerState ofAlpha = state.alphaOptimizer().state();
      return new StateVectors(
          Map.of(
              "w", state.training().weightsOnHost(),
              "statistics", state.training().statisticsOnHost(),
              "of w", ofW.values(),
              "alpha", state.alpha(),
              "of alpha", ofAlpha.values()),
          Map.of("of w", ofW.steps(), "of alpha", ofAlpha.steps()));
    }

    /** Steps, and an evaluation. */
    List<Score> epoch(SearchState state, int epoch) {
      BilevelStep step = new BilevelStep(source, AlphaGradient.ofOrder(order), CLIP);
      List<Score> scores = new ArrayList<>();
      for (int s = 0; s < source.steps(Portion.WEIGHTS); s++) {
        BilevelStep.Result result =
            step.take(state, RELAXATION, new StepId(epoch, s), new BilevelStep.Rates(0.02, 3e-3));
        assertThat(result.gradientNorm()).as("clipped").isGreaterThan(CLIP);
        scores.add(result.train());
        scores.add(result.validation());
      }
      TrainingState w = state.training();
      scores.add(
          source.evaluate(
              Portion.ALPHA, w.weights(), RELAXATION.mixing(state.alpha()), w.statistics()));
      return scores;
    }

    Left epochFrom(StateVectors start, int epoch) {
      try (SearchState state = restore(start)) {
        List<Score> scores = epoch(state, epoch);
        return new Left(saved(state), scores);
      }
    }

    @Override
    public void close() {
      source.close();
    }
  }

  private static Left firstEpoch(OptimizerSettings optimizer, int order) {
    try (Search search = new Search(optimizer, order)) {
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
    Left host = firstEpoch(settings, order);
    StateVectors start;
    try (Search search = new Search(settings, order)) {
      start = search.start();
    }
    Device.card(() -> TestCard.open(4)).bind();
    Left card = firstEpoch(settings, order);
    Device.card(() -> TestCard.open(9)).bind();
    Left again = firstEpoch(settings, order);

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
      String vector, StateVectors start, Left card, Left host, double tolerance) {
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
    try (Search search = new Search(sgd, order);
        SearchState state = search.restore(search.start())) {
      search.epoch(state, 0);
      half = Search.saved(state).copy();
      search.epoch(state, 1);
      unbroken = Search.saved(state);
    }
    try (Search other = new Search(sgd, order)) {
      assertThat(other.epochFrom(half, 1).state().checksum()).isEqualTo(unbroken.checksum());
    }
  }

  @Tag("emulated")
  @Test
  void nothingLargeTravelsInAnEpoch() {
    List<EmulatedDriver> cards = TestCard.bindEmulated();
    try (Search search = new Search(new SgdSettings(0.9, 3e-4), 2);
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
