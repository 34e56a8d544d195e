package dev.fletch.data;

import dev.fletch.data.text.Vocabulary;
import dev.fletch.data.text.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Labelled texts as numbers of words. The seed decides the split into {@link Portion#WEIGHTS} and
 * {@link Portion#ALPHA}, in which every class is divided alike, and the order of each epoch.
 * Minibatches are packed: texts of any lengths follow each other without padding, so that there is
 * no reason to put texts of like lengths together.
 */
public final class TextExamples implements DataSet {
  private final DecodedTexts data;
  private final TokenShape input;
  private final SeededOrder order;

  private TextExamples(DecodedTexts data, SeededOrder order) {
    this.data = data;
    this.input = input(data);
    this.order = order;
  }

  /**
   * Reads the data, as {@link DataSet#open} says.
   *
   * @param augmentation must be none
   * @throws DataException if a file is missing or a row of it broken, or texts are to be augmented
   * @throws UnreachableDataException if the file system does not answer
   */
  public static TextExamples open(
      DataSettings settings, AugmentationSettings augmentation, long seed, Configuration hadoop) {
    DataHeader header = header(settings, hadoop);
    augmentation.checkFor(header.input());
    DecodedTexts data = DecodedTexts.of(settings, hadoop);
    return new TextExamples(
        data, new SeededOrder(seed, data.train(), header.weights(), header.alpha(), header.test()));
  }

  /**
   * What the data is, as {@link DataSet#header} says.
   *
   * @throws DataException as {@link #open}
   */
  public static DataHeader header(DataSettings settings, Configuration hadoop) {
    DecodedTexts data = DecodedTexts.of(settings, hadoop);
    int train = data.train().size();
    int searched = TrainingShares.searched(settings, train);
    int weights = TrainingShares.weights(settings, searched);
    List<String> warnings = new ArrayList<>(data.warnings());
    warnings.addAll(TrainingShares.warnings(data.train(), data.classNames(), searched, weights));
    return new DataHeader(
        input(data),
        data.classNames(),
        train,
        weights,
        searched - weights,
        data.test().size(),
        Optional.of(data.facts()),
        Optional.empty(),
        warnings);
  }

  private static TokenShape input(DecodedTexts data) {
    int longest = Math.max(data.train().longest(), data.test().longest());
    int mean = Math.max(1, (int) Math.round(data.train().meanLength()));
    return new TokenShape(longest, data.vocabulary().size(), mean);
  }

  @Override
  public TextExamples holdingOut(double portion) {
    int count = TrainingShares.heldOut(portion, data.train().size());
    return count == 0 ? this : new TextExamples(data, order.holdingOut(count));
  }

  @Override
  public TokenShape input() {
    return input;
  }

  /** The words, by their numbers in minibatches. */
  public Vocabulary vocabulary() {
    return data.vocabulary();
  }

  /** Where the embedding of the words starts; nothing if from random numbers alone. */
  public Optional<WordVectors> vectors() {
    return data.vectors();
  }

  @Override
  public float[] startOfWords(float[] random) {
    return vectors().map(vectors -> vectors.startValues(random)).orElse(random);
  }

  @Override
  public int classes() {
    return data.train().classes();
  }

  @Override
  public List<String> classNames() {
    return data.classNames();
  }

  @Override
  public List<Integer> classSizes(Portion portion) {
    return texts(portion).classSizes(order.members(portion));
  }

  private TextSet texts(Portion portion) {
    return portion == Portion.TEST ? data.test() : data.train();
  }

  @Override
  public int size(Portion portion) {
    return order.members(portion).length;
  }

  /** {@inheritDoc} Over words, labels, vocabulary and the vectors that are used. */
  @Override
  public String checksum() {
    return data.checksum();
  }

  @Override
  public TokenBatch training(Portion portion, StepId at, int replica, int replicas, int batch) {
    return data.train().batch(input, order.training(portion, at, replica, replicas, batch));
  }

  @Override
  public TokenBatch evaluation(Portion portion, int from, int to) {
    return texts(portion).batch(input, order.evaluation(portion, from, to));
  }
}
