package dev.fletch.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Images in a folder per class, as ImageNet is laid out: {@code train/CLASS/IMAGE} and {@code
 * val/CLASS/IMAGE} or {@code test/CLASS/IMAGE}.
 */
final class ClassFolders {
  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png");

  private ClassFolders() {}

  /**
   * @throws DataException if a part or its images are missing
   */
  static DataFiles locate(DataSettings settings, Configuration hadoop) {
    try {
      Path folder = new Path(settings.path());
      FileSystem files = DataFileSystem.of(folder, hadoop);
      return new DataFiles(
          part(files, folder, List.of("train"), settings.trainLimit(), hadoop),
          part(files, folder, List.of("val", "test"), settings.testLimit(), hadoop));
    } catch (IOException e) {
      throw FileFailures.of(settings.path(), e);
    } catch (IllegalArgumentException e) {
      throw FileFailures.of(settings.path(), e);
    }
  }

  /**
   * An image of every class in turn, so that a limit leaves about as many of each.
   *
   * @param names of which the first that exists is taken
   */
  private static List<DataFile> part(
      FileSystem files, Path folder, List<String> names, int limit, Configuration hadoop)
      throws IOException {
    for (String name : names) {
      Path part = new Path(folder, name);
      if (files.exists(part)) {
        List<DataFile> images =
            ranked(files, part).stream()
                .limit(limit == 0 ? Long.MAX_VALUE : limit)
                .map(image -> DataFolder.Stored.file(image.path(), hadoop))
                .toList();
        if (images.isEmpty()) {
          throw new DataException(
              "Cannot find images in %s: they must lie in a folder per class and end in %s"
                  .formatted(part, String.join(", ", ENDINGS)));
        }
        return images;
      }
    }
    throw new DataException(
        "Cannot find the folder %s in %s: it must hold a folder of images per class"
            .formatted(String.join(" or ", names), folder));
  }

  /**
   * @param rank of the image within its class
   */
  private record Ranked(int rank, Path path) {}

  private static List<Ranked> ranked(FileSystem files, Path part) throws IOException {
    List<Ranked> ranked = new ArrayList<>();
    for (FileStatus entry : sorted(files, part)) {
      if (!entry.isDirectory()) {
        continue;
      }
      int rank = 0;
      for (FileStatus image : sorted(files, entry.getPath())) {
        if (isImage(image.getPath().getName())) {
          ranked.add(new Ranked(rank++, image.getPath()));
        }
      }
    }
    ranked.sort(Comparator.comparingInt(Ranked::rank)); // stable: classes keep their order
    return ranked;
  }

  private static List<FileStatus> sorted(FileSystem files, Path folder) throws IOException {
    List<FileStatus> entries = new ArrayList<>(List.of(files.listStatus(folder)));
    entries.sort(Comparator.comparing(entry -> entry.getPath().getName()));
    return entries;
  }

  private static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && ENDINGS.stream().anyMatch(lower::endsWith);
  }
}
