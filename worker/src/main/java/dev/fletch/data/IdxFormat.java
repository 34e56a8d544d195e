package dev.fletch.data;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** IDX, as MNIST and Fashion-MNIST: one image file and one label file per part, plain or gzip. */
public record IdxFormat() implements ImageFormat {
  private static final UsualFiles FILES =
      new UsualFiles(
          List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
          List.of("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
          false);

  private static final String FASHION_MNIST = "bundled:fashion-mnist";

  /** zalandoresearch/fashion-mnist, {@code README.md}. */
  private static final List<String> CLOTHES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  @Override
  public String text() {
    return "idx";
  }

  @Override
  public DataFiles locate(DataSettings settings, Configuration hadoop) {
    return FILES.locate(settings, hadoop);
  }

  @Override
  public ImageReader reader(DataSettings settings) {
    return new IdxReader();
  }

  /** Those of the bundled set; numbers otherwise. */
  @Override
  public List<String> classNames(int classes, DataSettings settings, Configuration hadoop) {
    return settings.path().equals(FASHION_MNIST) && classes == CLOTHES.size()
        ? CLOTHES
        : LabelNames.numbers(classes);
  }

  @Override
  public Optional<String> filesRefusal(List<String> files) {
    return files.isEmpty() || files.size() == 2
        ? Optional.empty()
        : Optional.of("must list two files for idx, images and labels, got " + files.size());
  }
}
