package dev.fletch.data;

import java.util.List;

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

  static ImageReader of(DataSettings settings) {
    return switch (settings.format()) {
      case IDX -> new IdxReader();
      case CIFAR10 -> CifarReader.cifar10();
      case CIFAR100 -> CifarReader.cifar100();
      case FOLDER -> new FolderReader(settings.resize());
    };
  }
}
