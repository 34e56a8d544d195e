package dev.fletch.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** What the classes of a data set are called, in order of their labels. */
public final class LabelNames {
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

  private LabelNames() {}

  /**
   * Names of the classes of record files: those of the bundled set, or those in the file that CIFAR
   * is published with, where it lies in the data's folder; numbers otherwise.
   *
   * @throws DataException if that file does not name every class
   */
  static List<String> of(DataSettings settings, int classes, Configuration hadoop) {
    return switch (settings.format()) {
      case CIFAR10 -> published("batches.meta.txt", settings, classes, hadoop);
      case CIFAR100 -> published("fine_label_names.txt", settings, classes, hadoop);
      case IDX ->
          settings.path().equals(FASHION_MNIST) && classes == CLOTHES.size()
              ? CLOTHES
              : numbers(classes);
      case FOLDER -> throw new IllegalArgumentException("Class folders name their classes");
    };
  }

  /** {@code 0} and so on, for classes without names. */
  public static List<String> numbers(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  private static List<String> published(
      String name, DataSettings settings, int classes, Configuration hadoop) {
    if (settings.path().isBlank()) {
      return numbers(classes);
    }
    return DataFolder.open(settings.path(), hadoop)
        .find(name)
        .map(file -> lines(file, classes))
        .orElseGet(() -> numbers(classes));
  }

  private static List<String> lines(DataFile file, int classes) {
    List<String> names;
    try (DataInput in = file.open()) {
      names =
          new String(in.rest(), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
    }
    if (names.size() != classes) {
      throw new DataException(
          "Cannot use the class names in %s: it has %d of %d; mend or remove it"
              .formatted(file, names.size(), classes));
    }
    return names;
  }
}
