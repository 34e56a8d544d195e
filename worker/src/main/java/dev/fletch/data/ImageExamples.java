package dev.fletch.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Labelled images. Pixels stay bytes; normalised and augmented values are made per batch.
 *
 * <p>The seed decides the split into {@link Portion#WEIGHTS} and {@link Portion#ALPHA}, in which
 * every class is divided alike, the order of each epoch, and each example's augmentation. The
 * augmentation depends on (seed, epoch, example), so it is the same wherever and how often a batch
 * is made. Both halves are augmented in {@link #training}, as in DARTS.
 */
public final class ImageExamples implements DataSet {
  private final DecodedData data;
  private final ImageShape input;
  private final SeededOrder order;
  private final Augmentation augmentation;

  private ImageExamples(
      DecodedData data, ImageShape input, SeededOrder order, Augmentation augmentation) {
    this.data = data;
    this.input = input;
    this.order = order;
    this.augmentation = augmentation;
  }

  /**
   * Reads the data, or takes it from this process's memory if these files were read before. A file
   * that changes during the life of a process is not noticed.
   *
   * @throws DataException if a file is missing or breaks a rule of its format, or the images cannot
   *     be augmented so
   * @throws UnreachableDataException if the file system does not answer
   */
  public static ImageExamples open(
      DataSettings settings, AugmentationSettings augmentation, long seed, Configuration hadoop) {
    DataHeader header = header(settings, hadoop);
    DecodedData data = DecodedData.of(settings, hadoop);
    ImageShape input = input(settings, data);
    return new ImageExamples(
        data,
        input,
        new SeededOrder(seed, data.train(), header.weights(), header.test()),
        new Augmentation(augmentation, data.train().shape(), input, data.normalisation(), seed));
  }

  @Override
  public ImageExamples holdingOut(double portion) {
    int count = heldOut(portion, data.train().size());
    return count == 0
        ? this
        : new ImageExamples(data, input, order.holdingOut(count), augmentation);
  }

  /**
   * How many of {@code train} examples {@link #holdingOut} holds out.
   *
   * @throws DataException if the portion is above 0 and either part would be empty
   */
  public static int heldOut(double portion, int train) {
    // The small addition keeps 0.29 * 100 from becoming 28.
    int count = (int) Math.floor(portion * train + 1e-6);
    if (portion > 0 && (count == 0 || count == train)) {
      throw new DataException(
          "retrain.validation-portion %s of %d training examples leaves nothing to %s"
              .formatted(portion, train, count == 0 ? "validate on" : "train on"));
    }
    return count;
  }

  /**
   * What the data is. Checks every file from beginning to end, so that {@link #open} cannot fail on
   * the same files later, and leaves the decoded data in memory for it.
   *
   * @throws DataException as {@link #open}
   */
  public static DataHeader header(DataSettings settings, Configuration hadoop) {
    DecodedData data = DecodedData.of(settings, hadoop);
    int train = data.train().size();
    // The small addition keeps 0.29 * 100 from becoming 28.
    int weights = (int) Math.floor(settings.searchPortion() * train + 1e-6);
    if (weights == 0 || weights == train) {
      throw new DataException(
          "data.search-portion %s of %d training examples leaves %s without any"
              .formatted(settings.searchPortion(), train, weights == 0 ? "w" : "alpha"));
    }
    List<String> warnings = new ArrayList<>(data.warnings());
    warnings.addAll(halves(data, weights));
    return new DataHeader(
        input(settings, data),
        data.classNames(),
        train,
        weights,
        train - weights,
        data.test().size(),
        warnings);
  }

  /**
   * Names the classes that only one half of a search's data has.
   *
   * @throws DataException if there is one class only
   */
  private static List<String> halves(DecodedData data, int weights) {
    int[] sizes = data.train().classSizes();
    int[] shares = ClassSplit.shares(sizes, weights);
    List<String> small = new ArrayList<>();
    for (int c = 0; c < sizes.length; c++) {
      String name = data.classNames().get(c);
      if (sizes[c] > 0 && sizes[c] == data.train().size()) {
        throw new DataException(
            "Cannot search or train on one class: all %d training examples are of class %s"
                .formatted(sizes[c], name));
      }
      if (sizes[c] > 0 && (shares[c] == 0 || shares[c] == sizes[c])) {
        small.add("%s (%d)".formatted(name, sizes[c]));
      }
    }
    return small.isEmpty()
        ? List.of()
        : List.of(
            "too few training examples to be in both halves of the search's data, that for w and"
                + " that for alpha: class "
                + String.join(", ", small));
  }

  private static ImageShape input(DataSettings settings, DecodedData data) {
    ImageShape stored = data.train().shape();
    int side = settings.imageSide();
    return side == 0 ? stored : new ImageShape(stored.channels(), side, side);
  }

  @Override
  public ImageShape input() {
    return input;
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
    ImageSet images = images(portion);
    int[] sizes = new int[classes()];
    for (int example : order.members(portion)) {
      sizes[images.label(example)]++;
    }
    return Arrays.stream(sizes).boxed().toList();
  }

  private ImageSet images(Portion portion) {
    return portion == Portion.TEST ? data.test() : data.train();
  }

  @Override
  public int size(Portion portion) {
    return order.members(portion).length;
  }

  /** How pixels become input values; whoever uses an exported network must do the same. */
  public Normalisation normalisation() {
    return data.normalisation();
  }

  /** {@inheritDoc} Over sizes, pixels and labels. */
  @Override
  public String checksum() {
    return data.checksum();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException for {@link Portion#TEST} and {@link Portion#VALIDATION}:
   *     nothing trains on them
   */
  @Override
  public ImageBatch training(Portion portion, StepId at, int replica, int replicas, int batch) {
    if (portion == Portion.TEST || portion == Portion.VALIDATION) {
      throw new IllegalArgumentException(
          "Cannot train on the " + (portion == Portion.TEST ? "test set" : "examples held out"));
    }
    if (batch < 1 || replica < 0 || replica >= replicas) {
      throw new IllegalArgumentException(
          "Invalid request for replica %d of %d with a batch of %d"
              .formatted(replica, replicas, batch));
    }
    int[] examples = order.epoch(portion, at.epoch());
    long step = Math.floorMod(at.step(), steps(portion, batch * replicas));
    long first = (step * replicas + replica) * batch;
    int from = (int) Math.min(first, examples.length);
    int to = (int) Math.min(first + batch, examples.length);
    return batch(
        data.train(),
        examples,
        from,
        to,
        (example, out, target) ->
            augmentation.random(
                data.train().pixels(),
                example * data.train().shape().values(),
                at.epoch(),
                example,
                out,
                target));
  }

  @Override
  public ImageBatch evaluation(Portion portion, int from, int to) {
    int[] examples = order.members(portion);
    if (from < 0 || to < from || to > examples.length) {
      throw new IllegalArgumentException(
          "Invalid range %d to %d: the portion %s has %d examples"
              .formatted(from, to, portion, examples.length));
    }
    ImageSet images = images(portion);
    return batch(
        images,
        examples,
        from,
        to,
        (example, out, target) ->
            augmentation.plain(images.pixels(), example * images.shape().values(), out, target));
  }

  private ImageBatch batch(ImageSet images, int[] order, int from, int to, Writer writer) {
    int values = input.values();
    float[] out = new float[(to - from) * values];
    int[] labels = new int[to - from];
    int[] examples = new int[to - from];
    for (int i = 0; i < labels.length; i++) {
      examples[i] = order[from + i];
      labels[i] = images.label(examples[i]);
      writer.write(examples[i], out, i * values);
    }
    return new ImageBatch(input, out, labels, examples);
  }

  /** Writes the values of one example into {@code out} from {@code target} on. */
  @FunctionalInterface
  private interface Writer {
    void write(int example, float[] out, int target);
  }
}
