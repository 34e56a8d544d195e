package dev.fletch.data;

import dev.fletch.data.text.StreamVocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Running text, of which the next word is to be learned. One example is one word.
 *
 * <p>In training, R replicas with a batch of B read a text in R * B rows, each a part of it in one
 * piece; replica r has the rows from r * B on. So their number is part of the experiment. A step
 * reads a window of its rows, from where the window of the step before it ended; an epoch ends with
 * the rows. How long windows are is a function of seed, epoch and step. While a search trains w at
 * a place of the training text, it trains alpha at the same place of the validation text, which
 * begins again where it ends: {@link Portion#ALPHA} reads as many words as windows have as a rule,
 * or what its rows still have.
 *
 * <p>To be evaluated, a text is cut into rows of its own number, and all of them are one chunk:
 * what a network remembers goes along them from beginning to end.
 */
public final class StreamExamples implements DataSet {
  /** Epochs whose windows are kept: searches and their measurements look at few at a time. */
  private static final int KEPT = 4;

  private final DecodedStreams data;
  private final StreamSettings settings;
  private final long seed;
  private final StreamShape input;
  private final Map<EpochKey, int[]> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EpochKey, int[]> eldest) {
          return size() > KEPT;
        }
      };

  private record EpochKey(StreamPace pace, int epoch) {}

  private StreamExamples(
      DecodedStreams data, StreamSettings settings, long seed, StreamShape input) {
    this.data = data;
    this.settings = settings;
    this.seed = seed;
    this.input = input;
  }

  /**
   * Reads the data, as {@link DataSet#open} says.
   *
   * @param augmentation must be none
   * @throws DataException if a file is missing or broken, or words are to be augmented
   * @throws UnreachableDataException if the file system does not answer
   */
  public static StreamExamples open(
      DataSettings settings, AugmentationSettings augmentation, long seed, Configuration hadoop) {
    DataHeader header = header(settings, hadoop);
    augmentation.checkFor(header.input());
    DecodedStreams data = DecodedStreams.of(settings, hadoop);
    return new StreamExamples(
        data, settings.stream(), seed, input(data, settings.stream(), Portion.WEIGHTS));
  }

  /**
   * What the data is, as {@link DataSet#header} says.
   *
   * @throws DataException as {@link #open}
   */
  public static DataHeader header(DataSettings settings, Configuration hadoop) {
    StreamSettings stream = settings.stream();
    DecodedStreams data = DecodedStreams.of(settings, hadoop);
    int train = data.train().length;
    int valid = data.valid().length;
    int test = data.test().length;
    StreamFacts.requireRows(
        "validation", valid, "data.evaluation-rows", stream.evaluationRows(), 1);
    StreamFacts.requireRows("test", test, "data.test-rows", stream.testRows(), 1);
    StreamFacts facts =
        new StreamFacts(
            data.vocabulary().size(),
            train,
            valid,
            test,
            data.unknown(data.train()),
            data.unknown(data.valid()),
            data.unknown(data.test()),
            input(data, stream, Portion.FIT).window());
    return new DataHeader(
        input(data, stream, Portion.WEIGHTS),
        List.of(),
        train,
        train,
        valid,
        test,
        Optional.empty(),
        Optional.of(facts),
        data.warnings());
  }

  private static StreamShape input(DecodedStreams data, StreamSettings settings, Portion trained) {
    int longest = settings.windows(trained).longest(settings.bptt());
    return new StreamShape(data.vocabulary().size(), longest);
  }

  /** {@inheritDoc} Its windows are those of a training from scratch. */
  @Override
  public StreamExamples holdingOut(double portion) {
    requireNothingHeldOut(portion);
    return new StreamExamples(data, settings, seed, input(data, settings, Portion.FIT));
  }

  /**
   * @throws DataException if the portion is above 0
   */
  static void requireNothingHeldOut(double portion) {
    if (portion > 0) {
      throw new DataException(
          "retrain.validation-portion must be 0 where the data have a validation text of their own,"
              + " got "
              + portion);
    }
  }

  @Override
  public StreamShape input() {
    return input;
  }

  /** The words, by their numbers in minibatches. */
  public StreamVocabulary vocabulary() {
    return data.vocabulary();
  }

  /** {@inheritDoc} They are the words. */
  @Override
  public int classes() {
    return data.vocabulary().size();
  }

  /** {@inheritDoc} Words are no classes: empty. */
  @Override
  public List<String> classNames() {
    return List.of();
  }

  @Override
  public List<Integer> classSizes(Portion portion) {
    return List.of();
  }

  private int[] text(Portion portion) {
    return switch (portion) {
      case WEIGHTS, TRAIN, FIT -> data.train();
      case ALPHA, VALIDATION -> data.valid();
      case TEST -> data.test();
    };
  }

  @Override
  public int size(Portion portion) {
    return text(portion).length;
  }

  /** {@inheritDoc} Over the words of all three texts and the vocabulary. */
  @Override
  public String checksum() {
    return data.checksum();
  }

  @Override
  public StreamPace pace(Portion portion, int rows) {
    return pace(portion, new StreamRows(text(portion), rows));
  }

  private StreamPace pace(Portion portion, StreamRows rows) {
    return new StreamPace(settings.windows(portion), settings.bptt(), seed, rows.targets());
  }

  /** {@inheritDoc} As {@link Pace#rateFactor} of {@link #pace}, whatever the number of rows. */
  @Override
  public double rateFactor(Portion portion, StepId at) {
    return pace(portion, 1).rateFactor(at);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException for {@link Portion#TEST} and {@link Portion#VALIDATION}:
   *     nothing trains on them
   * @throws DataException if a text has fewer than two words for each row
   */
  @Override
  public StreamBatch training(Portion portion, StepId at, int replica, int replicas, int batch) {
    SeededOrder.checkRequest(portion, replica, replicas, batch);
    boolean isAlpha = portion == Portion.ALPHA;
    Portion leading = isAlpha ? Portion.WEIGHTS : portion;
    StreamRows led = rows(leading, batch, replicas);
    int[] starts = starts(pace(leading, led), at.draw());
    int step = Math.floorMod(at.step(), starts.length - 1);
    StreamRows rows = isAlpha ? rows(portion, batch, replicas) : led;
    int from = isAlpha ? starts[step] % rows.targets() : starts[step];
    int end = isAlpha ? Math.min(from + settings.bptt(), rows.targets()) : starts[step + 1];
    return rows.batch(input, replica * batch, batch, from, end - from);
  }

  private StreamRows rows(Portion portion, int batch, int replicas) {
    int[] text = text(portion);
    String name = portion == Portion.ALPHA ? "validation" : "training";
    StreamFacts.requireRows(name, text.length, "batch", batch, replicas);
    return new StreamRows(text, batch * replicas);
  }

  private int[] starts(StreamPace pace, int epoch) {
    EpochKey key = new EpochKey(pace, epoch);
    synchronized (recent) {
      return recent.computeIfAbsent(key, k -> k.pace().starts(k.epoch()));
    }
  }

  /**
   * {@inheritDoc} They are one row, each with the word behind it as its target, without which the
   * last word of the portion is no example.
   */
  @Override
  public StreamBatch evaluation(Portion portion, int from, int to) {
    StreamRows row = new StreamRows(text(portion), 1);
    if (from < 0 || to < from || to > row.targets()) {
      throw new IllegalArgumentException(
          "Invalid range %d to %d: the portion %s has %d words with one behind them"
              .formatted(from, to, portion, row.targets()));
    }
    return row.batch(input, 0, 1, from, to - from);
  }

  /** {@inheritDoc} One: all rows from beginning to end. */
  @Override
  public int evaluationChunks(Portion portion, int batch) {
    return 1;
  }

  /**
   * {@inheritDoc} It has all words of all rows, {@code [T, rows]}, and begins with no state,
   * however long the windows are that a network can read at a time.
   */
  @Override
  public StreamBatch evaluationChunk(Portion portion, int chunk, int batch) {
    int rows = settings.evaluationRows(portion);
    StreamRows text = new StreamRows(text(portion), rows);
    return text.batch(input, 0, rows, 0, text.targets());
  }
}
