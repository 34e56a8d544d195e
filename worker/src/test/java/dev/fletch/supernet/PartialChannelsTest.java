package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.Operation;
import dev.fletch.engine.NaivePlans;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Plan;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.nn.Blocks;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One cell of one node, with three of its four groups of channels bypassing the operations. */
class PartialChannelsTest {
  private static final int CHANNELS = 8;
  private static final int PARTIAL = 4;
  private static final int WIDTH = CHANNELS / PARTIAL;
  private static final int BATCH = 2;
  private static final int HEIGHT = 5;
  private static final int WIDTH_OF_IMAGE = 4;
  private static final int COLUMNS = Operation.DARTS.size() + 1;
  private static final SupernetSettings SETTINGS =
      new SupernetSettings(CHANNELS, 3, 1, 3, Operation.DARTS);

  private final Random random = new Random(6);
  private final double[] inputs =
      random.doubles((long) CHANNELS * BATCH * HEIGHT * WIDTH_OF_IMAGE, -1, 1).toArray();

  private static Slot input(PlanBuilder builder) {
    return builder.slot(CHANNELS, BATCH, HEIGHT, WIDTH_OF_IMAGE);
  }

  /** Notes a slot's values while they are there: later steps may use its memory. */
  @SuppressWarnings("ArrayRecordComponent") // shared with the test on purpose
  private record Note(Slot slot, double[] values) implements Step {
    static double[] of(PlanBuilder builder, Slot slot) {
      Note note = new Note(slot, new double[slot.channels() * slot.columns()]);
      builder.add(note, List.of(slot), List.of());
      return note.values;
    }

    @Override
    public void forward(Pass pass) {
      slot.value().read(values);
    }

    @Override
    public void backward(Pass pass) {
      throw new UnsupportedOperationException("Only values are looked at");
    }
  }

  private static Slot state(Blocks blocks, String name, Slot input) {
    return blocks.convNorms(input, List.of(new Blocks.Reader(name, CHANNELS))).get(0);
  }

  /** Both states of the cell: preprocessing needs the first weights only. */
  private double[][] states(double[] weights) {
    PlanBuilder builder = NaivePlans.builder(0);
    Blocks blocks = new Blocks(builder, false);
    Slot input = input(builder);
    double[] first = Note.of(builder, state(blocks, "first", input));
    double[] second = Note.of(builder, state(blocks, "second", input));
    try (Plan plan = builder.build()) {
      input.value().write(inputs);
      double[] own = plan.pass().weights().array();
      System.arraycopy(weights, 0, own, 0, own.length);
      plan.forward(true);
      return new double[][] {first, second};
    }
  }

  private double[] node(boolean reduction, double[] mixing, double[] weights) {
    PlanBuilder builder = NaivePlans.builder(mixing.length);
    Blocks blocks = new Blocks(builder, false);
    Slot input = input(builder);
    EdgeSettings edges = EdgeSettings.PLAIN.withPartial(PARTIAL);
    SkipDraws draws = new SkipDraws(SkipDropout.NONE);
    Cell.Place place = new Cell.Place(0, new CellStack.Layer(CHANNELS, reduction));
    Slot first = state(blocks, "first", input);
    Slot second = state(blocks, "second", input);
    Cell cell = new Cell(blocks, SETTINGS, edges, draws, place, first, second);
    double[] output = Note.of(builder, cell.output());
    try (Plan plan = builder.build()) {
      input.value().write(inputs);
      double[] own = plan.pass().weights().array();
      System.arraycopy(weights, 0, own, 0, own.length);
      System.arraycopy(mixing, 0, plan.pass().mixing().array(), 0, mixing.length);
      plan.forward(true);
      return output;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void channelsThatBypassAreTheWeightedSumOfTheStates(boolean reduction) {
    double[] mixing = random.doubles(4L * COLUMNS, 0, 1).toArray();
    double[] weights = random.doubles(10_000, -1, 1).toArray();
    double[] node = node(reduction, mixing, weights);
    double[][] states = states(weights);
    int pixels = node.length / CHANNELS;
    for (int i = 0; i < WIDTH; i++) {
      for (int j = 1; j < PARTIAL; j++) {
        double[] expected = new double[pixels];
        for (int edge = 0; edge < 2; edge++) {
          double beta = mixing[(reduction ? 2 + edge : edge) * COLUMNS + COLUMNS - 1];
          double[] state = channel(states[edge], j * WIDTH + i);
          double[] passed = reduction ? maxima(state) : state;
          Arrays.setAll(expected, p -> expected[p] + beta * passed[p]);
        }
        double[] actual =
            Arrays.copyOfRange(node, (i * PARTIAL + j) * pixels, (i * PARTIAL + j + 1) * pixels);
        assertThat(actual).containsExactly(expected, within(1e-12));
      }
    }
  }

  @Test
  void theOtherChannelsAreTheMixOfTheOperations() {
    double[] weights = random.doubles(10_000, -1, 1).toArray();
    double[] mixing = new double[4 * COLUMNS];
    mixing[Operation.DARTS.indexOf(Operation.SKIP_CONNECT)] = 0.5;
    double[] node = node(false, mixing, weights);
    double[] state = states(weights)[0];
    for (int c = 0; c < CHANNELS; c++) {
      double[] expected = channel(state, c / PARTIAL);
      double factor = c % PARTIAL == 0 ? 0.5 : 0;
      Arrays.setAll(expected, p -> factor * expected[p]);
      assertThat(channel(node, c)).containsExactly(expected, within(1e-12));
    }
  }

  private static double[] channel(double[] values, int c) {
    int pixels = values.length / CHANNELS;
    return Arrays.copyOfRange(values, c * pixels, (c + 1) * pixels);
  }

  /** Over 2x2 windows; the last row of five is alone. */
  private static double[] maxima(double[] channel) {
    double[] maxima = new double[BATCH * 3 * 2];
    Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < channel.length; i++) {
      int n = i % BATCH;
      int y = i / BATCH / WIDTH_OF_IMAGE;
      int x = i / BATCH % WIDTH_OF_IMAGE;
      int window = (y / 2 * 2 + x / 2) * BATCH + n;
      maxima[window] = Math.max(maxima[window], channel[i]);
    }
    return maxima;
  }
}
