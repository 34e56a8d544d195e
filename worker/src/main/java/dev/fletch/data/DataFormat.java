package dev.fletch.data;

/** File formats a data set can come in; plain or gzip. */
public enum DataFormat {
  /** IDX, as MNIST and Fashion-MNIST: one image file and one label file per part. */
  IDX("idx"),
  /** CIFAR-10 binary records: 1 label byte, 3072 pixel bytes. */
  CIFAR10("cifar10"),
  /**
   * CIFAR-100 binary records: 1 coarse and 1 fine label byte, 3072 pixel bytes; the fine label is
   * used.
   */
  CIFAR100("cifar100"),
  /**
   * Images that ImageIO reads in a folder per class, below {@code train} and {@code val} or {@code
   * test}. Their colours are those that are stored, as Pillow's {@code convert("RGB")} has them;
   * colour profiles and the orientation in EXIF are ignored.
   */
  FOLDER("folder");

  private final String text;

  DataFormat(String text) {
    this.text = text;
  }

  /** The name used in configuration. */
  public String text() {
    return text;
  }
}
