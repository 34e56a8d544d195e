package dev.fletch.data;

import java.util.List;

/** Decodes the files of one data set of one {@link ImageFormat}. */
public interface ImageReader {
  /** The number of classes is not known yet. */
  int ANY_LABEL = 256;

  /**
   * @param files all files of one part, in order
   * @param classes labels must be below this
   * @throws DataException naming the file, if it breaks a rule of the format
   */
  ImageSet read(List<DataFile> files, int classes);

  /**
   * What the files that were read call their classes, in order of the labels; empty if they do not
   * say, and {@link ImageFormat#classNames} is to be asked.
   */
  default List<String> classNames() {
    return List.of();
  }
}
