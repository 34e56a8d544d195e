package dev.fletch.data;

import java.util.ArrayList;
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
        new SeededOrder(seed, data.train(), header.weights(), header.alpha(), header.test()),
        new Augmentation(augmentation, data.train().shape(), input, data.normalisation(), seed));
  }

  @Override
  public ImageExamples holdingOut(double portion) {
    int count = TrainingShares.heldOut(portion, data.train().size());
    return count == 0
        ? this
        : new ImageExamples(data, input, order.holdingOut(count), augmentation);
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
    int searched = TrainingShares.searched(settings, train);
    int weights = TrainingShares.weights(settings, searched);
    List<String> warnings = new ArrayList<>(data.warnings());
    warnings.addAll(TrainingShares.warnings(data.train(), data.classNames(), searched, weights));
    return new DataHeader(
        input(settings, data),
        data.classNames(),
        train,
        weights,
        searched - weights,
        data.test().size(),
        warnings);
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
    return images(portion).classSizes(order.members(portion));
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
    return batch(
        data.train(),
        order.training(portion, at, replica, replicas, batch),
        (example, out, target) ->
            augmentation.random(
                data.train().pixels(),
                example * data.train().shape().values(),
                at.draw(),
                example,
                out,
                target));
  }

  @Override
  public ImageBatch evaluation(Portion portion, int from, int to) {
    ImageSet images = images(portion);
    return batch(
        images,
        order.evaluation(portion, from, to),
        (example, out, target) ->
            augmentation.plain(images.pixels(), example * images.shape().values(), out, target));
  }

  private ImageBatch batch(ImageSet images, int[] examples, Writer writer) {
    int values = input.values();
    float[] out = new float[examples.length * values];
    int[] labels = new int[examples.length];
    for (int i = 0; i < labels.length; i++) {
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
