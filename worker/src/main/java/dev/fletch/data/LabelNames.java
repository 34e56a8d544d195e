package dev.fletch.data;

import java.util.List;
import java.util.stream.IntStream;

/** What the labels of a data set are called, where that is known. */
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

  /** {@code batches.meta.txt} of CIFAR-10. */
  private static final List<String> CIFAR10 =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private LabelNames() {}

  /** One name per class, in order of the labels; numbers from 0 where the names are not known. */
  public static List<String> of(DataSettings settings, int classes) {
    if (settings.path().equals(FASHION_MNIST) && classes == CLOTHES.size()) {
      return CLOTHES;
    }
    if (settings.format() == DataFormat.CIFAR10 && classes == CIFAR10.size()) {
      return CIFAR10;
    }
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }
}
