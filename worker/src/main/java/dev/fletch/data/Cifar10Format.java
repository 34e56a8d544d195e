package dev.fletch.data;

import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** CIFAR-10 binary records: 1 label byte, 3072 pixel bytes; plain or gzip. */
public record Cifar10Format() implements ImageFormat {
  private static final UsualFiles FILES =
      new UsualFiles(
          List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin"),
          List.of("test_batch.bin"),
          true);

  /** Published with DARTS (quark0/darts, {@code cnn/utils.py}). */
  private static final Normalisation PUBLISHED =
      new Normalisation(
          List.of(0.49139968, 0.48215827, 0.44653124), List.of(0.24703233, 0.24348505, 0.26158768));

  @Override
  public String text() {
    return "cifar10";
  }

  @Override
  public DataFiles locate(DataSettings settings, Configuration hadoop) {
    return FILES.locate(settings, hadoop);
  }

  @Override
  public ImageReader reader(DataSettings settings) {
    return new CifarReader("CIFAR-10", 10);
  }

  /** Those in the file that the set is published with, where it lies beside it; else numbers. */
  @Override
  public List<String> classNames(int classes, DataSettings settings, Configuration hadoop) {
    return LabelNames.inFile("batches.meta.txt", classes, settings, hadoop);
  }

  @Override
  public Normalisation normalisation(ImageSet train) {
    return PUBLISHED;
  }
}
