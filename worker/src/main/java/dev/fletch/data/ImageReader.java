package dev.fletch.data;

import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Decodes the files of one format. */
sealed interface ImageReader permits IdxReader, CifarReader, FolderReader {
  /** The number of classes is not known yet. */
  int ANY_LABEL = 256;

  /**
   * @param files all files of one part, in order
   * @param classes labels must be below this
   * @throws DataException naming the file, if it breaks a rule of the format
   */
  ImageSet read(List<DataFile> files, int classes);

  /**
   * What the {@code classes} of the files read are called, in order of their labels.
   *
   * @throws DataException if a file that should say so does not
   */
  default List<String> classNames(int classes, DataSettings settings, Configuration hadoop) {
    return LabelNames.of(settings, classes, hadoop);
  }

  static ImageReader of(DataSettings settings) {
    return switch (settings.format()) {
      case IDX -> new IdxReader();
      case CIFAR10 -> CifarReader.cifar10();
      case CIFAR100 -> CifarReader.cifar100();
      case FOLDER -> new FolderReader(settings.resize());
    };
  }
}
