package dev.fletch.data;

import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * CIFAR-100 binary records: 1 coarse and 1 fine label byte, 3072 pixel bytes; the fine label is
 * used; plain or gzip.
 */
public record Cifar100Format() implements ImageFormat {
  private static final UsualFiles FILES =
      new UsualFiles(List.of("train.bin"), List.of("test.bin"), false);

  /** The constants in common use for CIFAR-100. */
  private static final Normalisation PUBLISHED =
      new Normalisation(List.of(0.5071, 0.4865, 0.4409), List.of(0.2673, 0.2564, 0.2762));

  @Override
  public String text() {
    return "cifar100";
  }

  @Override
  public DataFiles locate(DataSettings settings, Configuration hadoop) {
    return FILES.locate(settings, hadoop);
  }

  @Override
  public ImageReader reader(DataSettings settings) {
    return new CifarReader("CIFAR-100", 20, 100);
  }

  /** Those in the file that the set is published with, where it lies beside it; else numbers. */
  @Override
  public List<String> classNames(int classes, DataSettings settings, Configuration hadoop) {
    return LabelNames.inFile("fine_label_names.txt", classes, settings, hadoop);
  }

  @Override
  public Normalisation normalisation(ImageSet train) {
    return PUBLISHED;
  }
}
