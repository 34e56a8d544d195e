package dev.fletch.data;

import dev.fletch.settings.Sha256;
import java.security.MessageDigest;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Training and test set in memory, decoded once per process and kept while memory lasts.
 *
 * @param train after any limit
 * @param test after any limit
 * @param classNames in order of the labels
 * @param warnings what lies beside the data and is not used, a line each
 */
record DecodedData(
    ImageSet train,
    ImageSet test,
    Normalisation normalisation,
    List<String> classNames,
    List<String> warnings) {
  private static final DecodedOnce<DecodedData> DECODED = new DecodedOnce<>();

  /**
   * @throws DataException if the files break a rule, or cannot be reached
   */
  static DecodedData of(DataSettings settings, Configuration hadoop) {
    return DECODED.get(settings, hadoop, () -> decode(settings, hadoop));
  }

  private static DecodedData decode(DataSettings settings, Configuration hadoop) {
    ImageFormat format = (ImageFormat) settings.format();
    DataFiles files = DataFiles.of(settings, hadoop);
    ImageReader reader = format.reader(settings);
    int side = settings.resize();
    ImageSet wholeTrain = train(reader, files).squares(side);
    ImageSet test =
        reader.read(files.test(), wholeTrain.classes()).first(settings.testLimit()).squares(side);
    if (!test.shape().equals(wholeTrain.shape())) {
      throw new DataException(
          "Image sizes differ: %s has %s, %s has %s"
              .formatted(
                  files.train().get(0), wholeTrain.shape(), files.test().get(0), test.shape()));
    }
    ImageSet train = wholeTrain.first(settings.trainLimit());
    if (settings.imageSide() > Math.min(train.shape().height(), train.shape().width())) {
      throw new DataException(
          "Cannot show squares of data.image-side %d of images of %s: set data.resize to %d or more"
              .formatted(settings.imageSide(), train.shape(), settings.imageSide()));
    }
    List<String> named = reader.classNames();
    return new DecodedData(
        train,
        test,
        format.normalisation(train),
        named.isEmpty() ? format.classNames(train.classes(), settings, hadoop) : named,
        files.warnings());
  }

  /** Where training images are broken, those of the test set are named with them. */
  private static ImageSet train(ImageReader reader, DataFiles files) {
    try {
      return reader.read(files.train(), ImageReader.ANY_LABEL);
    } catch (BrokenExamplesException e) {
      throw e.and(() -> reader.read(files.test(), ImageReader.ANY_LABEL));
    }
  }

  /** SHA-256 over sizes, pixels and labels of both sets, in hexadecimal. */
  String checksum() {
    MessageDigest digest = Sha256.begin();
    train.digest(digest);
    test.digest(digest);
    return Sha256.end(digest);
  }
}
