package dev.fletch.data;

import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Where the data lies and how it is divided.
 *
 * @param format what decides how the files are called and read
 * @param path folder on any Hadoop file system, or {@code bundled:fashion-mnist}; searched for the
 *     format's usual names (plain or .gz) for every part whose file list is empty
 * @param train explicit training files: [images, labels] for idx, any number of record files for
 *     cifar and of tables for texts; relative names are resolved against {@code path}
 * @param test explicit test files, in the form of {@code train}
 * @param trainLimit use only the first so many training examples, of streams words; 0 uses all
 * @param testLimit use only the first so many test examples, of streams words; 0 uses all
 * @param resize side of the square that every image becomes on reading: its shorter side is resized
 *     to it and the middle taken; 0 leaves images as they are
 * @param imageSide side of the squares that networks see: random ones of the images in training,
 *     those in the middle otherwise; 0 shows whole images
 * @param searchLimit training examples that a search sees, of every class alike; 0: all, as where
 *     there are fewer
 * @param searchPortion fraction of them that trains w; the rest trains alpha. Of streams nothing:
 *     the training text trains w, the validation text alpha
 * @param text how texts are read, where the format is one of texts
 * @param stream how words are read, where the format is one of streams
 */
public record DataSettings(
    DataFormat format,
    String path,
    List<String> train,
    List<String> test,
    int trainLimit,
    int testLimit,
    int resize,
    int imageSide,
    int searchLimit,
    double searchPortion,
    @Key(inline = true) TextSettings text,
    @Key(inline = true) StreamSettings stream)
    implements Serializable {
  public DataSettings {
    train = List.copyOf(train);
    test = List.copyOf(test);
    Optional<String> unsuitable = resizeRefusal(format, resize);
    boolean hasImages = format instanceof ImageFormat;
    boolean hasTexts = format instanceof TextFormat;
    boolean hasStreams = format instanceof StreamFormat;
    boolean isText = !TextSettings.NONE.equals(text);
    boolean isStream = !StreamSettings.NONE.equals(stream);
    if ((isText && !hasTexts) || (isStream && !hasStreams)) {
      throw new IllegalArgumentException(
          "Settings of texts and format %s do not go together".formatted(format.text()));
    }
    Optional<String> badTrain = format.filesRefusal(train);
    Optional<String> badTest = format.filesRefusal(test);
    new Checks()
        .atLeast("train-limit", trainLimit, 0)
        .atLeast("test-limit", testLimit, 0)
        .atLeast("resize", resize, 0)
        .atLeast("image-side", imageSide, 0)
        .atLeast("search-limit", searchLimit, 0)
        .require(
            "image-side",
            resize <= 0 || imageSide <= resize,
            "must be <= resize " + resize + ", got " + imageSide,
            "resize")
        .require("image-side", hasImages || imageSide == 0, ofTexts(format, imageSide), "format")
        .require(
            "search-portion",
            searchPortion > 0 && searchPortion < 1,
            "must be > 0 and < 1, got " + searchPortion)
        .require(
            "path",
            !path.isBlank() || (!train.isEmpty() && !test.isEmpty() && listsValid(stream)),
            "must name a folder unless %s list their files"
                .formatted(hasStreams ? "train, valid and test" : "both train and test"),
            "train",
            "test")
        .require("text-column", !hasTexts || isText, "must name a column", "format")
        .require("bptt", !hasStreams || isStream, "must be >= 1, got 0", "format")
        .require(
            "search-limit",
            !hasStreams || searchLimit <= 0,
            "must be left out: a search on %s sees all of the training text, got %d; set train-limit"
                .formatted(format.text(), searchLimit),
            "format")
        .require("resize", unsuitable.isEmpty(), unsuitable.orElse(""), "format")
        .require("train", badTrain.isEmpty(), badTrain.orElse(""), "format")
        .require("test", badTest.isEmpty(), badTest.orElse(""), "format")
        .orThrow();
  }

  /**
   * @param stream null if it was refused itself
   */
  private static boolean listsValid(StreamSettings stream) {
    return stream == null || stream.equals(StreamSettings.NONE) || !stream.valid().isEmpty();
  }

  private static Optional<String> resizeRefusal(DataFormat format, int resize) {
    if (format instanceof ImageFormat images) {
      return images.resizeRefusal(resize);
    }
    return resize == 0 ? Optional.empty() : Optional.of(ofTexts(format, resize));
  }

  private static String ofTexts(DataFormat format, int value) {
    return "must be left out: %s has texts, got %d".formatted(format.text(), value);
  }

  /** These settings, but for how the examples are divided and read once they are known. */
  DataSettings ofContent() {
    return new DataSettings(
        format,
        path,
        train,
        test,
        trainLimit,
        testLimit,
        resize,
        imageSide,
        0,
        0.5,
        text,
        stream.ofContent());
  }

  /**
   * Of streams.
   *
   * @param train explicit training files; empty: those with the usual names in {@code path}
   */
  public DataSettings(
      DataFormat format,
      String path,
      List<String> train,
      List<String> test,
      int trainLimit,
      int testLimit,
      StreamSettings stream) {
    this(format, path, train, test, trainLimit, testLimit, 0, 0, 0, 0.5, TextSettings.NONE, stream);
  }

  /** Of texts. */
  public DataSettings(
      DataFormat format,
      String path,
      List<String> train,
      List<String> test,
      int trainLimit,
      int testLimit,
      double searchPortion,
      TextSettings text) {
    this(
        format,
        path,
        train,
        test,
        trainLimit,
        testLimit,
        0,
        0,
        0,
        searchPortion,
        text,
        StreamSettings.NONE);
  }

  /** Of images. */
  public DataSettings(
      DataFormat format,
      String path,
      List<String> train,
      List<String> test,
      int trainLimit,
      int testLimit,
      int resize,
      int imageSide,
      double searchPortion) {
    this(
        format,
        path,
        train,
        test,
        trainLimit,
        testLimit,
        resize,
        imageSide,
        0,
        searchPortion,
        TextSettings.NONE,
        StreamSettings.NONE);
  }

  /** Of images that are shown as they are. */
  public DataSettings(
      DataFormat format,
      String path,
      List<String> train,
      List<String> test,
      int trainLimit,
      int testLimit,
      double searchPortion) {
    this(format, path, train, test, trainLimit, testLimit, 0, 0, searchPortion);
  }
}
