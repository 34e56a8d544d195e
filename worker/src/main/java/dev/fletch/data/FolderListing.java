package dev.fletch.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What lies in a folder and may be data, on any file system. */
final class FolderListing {
  /** Of the formats that the JDK's own ImageIO reads. */
  private static final List<String> IMAGE_ENDINGS =
      List.of(".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".wbmp");

  private FolderListing() {}

  /**
   * Files and folders in {@code folder} in order of their names. Hidden ones, whose names begin
   * with a dot or, as Hadoop has it, an underscore, are no data.
   */
  static List<FileStatus> sorted(FileSystem files, Path folder) throws IOException {
    List<FileStatus> entries = new ArrayList<>();
    for (FileStatus entry : files.listStatus(folder)) {
      String name = entry.getPath().getName();
      if (!name.startsWith(".") && !name.startsWith("_")) {
        entries.add(entry);
      }
    }
    entries.sort(Comparator.comparing(entry -> entry.getPath().getName()));
    return entries;
  }

  static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return IMAGE_ENDINGS.stream().anyMatch(lower::endsWith);
  }

  /** The endings of images, for messages. */
  static String imageEndings() {
    return String.join(", ", IMAGE_ENDINGS);
  }
}
