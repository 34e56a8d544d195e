package dev.fletch.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Images in a folder per class, as ImageNet is laid out: {@code train/CLASS/IMAGE} and {@code
 * val/CLASS/IMAGE} or {@code test/CLASS/IMAGE}.
 */
final class ClassFolders {
  private final Configuration hadoop;
  private final List<String> warnings = new ArrayList<>();

  private ClassFolders(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * @throws DataException if a part or its images are missing
   */
  static DataFiles locate(DataSettings settings, Configuration hadoop) {
    try {
      Path folder = new Path(settings.path());
      FileSystem files = DataFileSystem.of(folder, hadoop);
      ClassFolders found = new ClassFolders(hadoop);
      return new DataFiles(
          found.part(files, folder, List.of("train"), settings.trainLimit()),
          found.part(files, folder, List.of("val", "test"), settings.testLimit()),
          List.copyOf(found.warnings));
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
  private List<DataFile> part(FileSystem files, Path folder, List<String> names, int limit)
      throws IOException {
    List<Path> there = new ArrayList<>();
    for (String name : names) {
      Path part = new Path(folder, name);
      if (files.exists(part)) {
        there.add(part);
      }
    }
    if (there.isEmpty()) {
      throw new DataException(
          "Cannot find the folder %s in %s: it must hold a folder of images per class"
              .formatted(String.join(" or ", names), folder));
    }
    Path part = there.get(0);
    for (Path unused : there.subList(1, there.size())) {
      warnings.add(
          "folder %s is not used: the test set is %s".formatted(unused.getName(), part.getName()));
    }
    LeftOut leftOut = new LeftOut(part.getName());
    List<Ranked> ranked = ranked(files, part, leftOut);
    if (ranked.isEmpty()) {
      throw new DataException(
          "Cannot find images in %s: they must lie in a folder per class and end in %s%s"
              .formatted(
                  part,
                  FolderListing.imageEndings(),
                  leftOut.lines().stream().map(line -> "; " + line).reduce("", String::concat)));
    }
    warnings.addAll(leftOut.lines());
    return ranked.stream()
        .limit(limit == 0 ? Long.MAX_VALUE : limit)
        .map(image -> DataFolder.Stored.file(image.path(), hadoop))
        .toList();
  }

  /**
   * @param rank of the image within its class
   */
  private record Ranked(int rank, Path path) {}

  private static List<Ranked> ranked(FileSystem files, Path part, LeftOut leftOut)
      throws IOException {
    List<Ranked> ranked = new ArrayList<>();
    for (FileStatus entry : FolderListing.sorted(files, part)) {
      if (entry.isDirectory()) {
        List<Path> images = images(files, entry.getPath(), leftOut);
        for (int rank = 0; rank < images.size(); rank++) {
          ranked.add(new Ranked(rank, images.get(rank)));
        }
      } else {
        leftOut.besideClasses(entry.getPath().getName());
      }
    }
    ranked.sort(Comparator.comparingInt(Ranked::rank)); // stable: classes keep their order
    return ranked;
  }

  private static List<Path> images(FileSystem files, Path folder, LeftOut leftOut)
      throws IOException {
    List<Path> images = new ArrayList<>();
    for (FileStatus entry : FolderListing.sorted(files, folder)) {
      String name = entry.getPath().getName();
      if (entry.isDirectory()) {
        leftOut.withinClass(folder.getName(), name);
      } else if (FolderListing.isImage(name)) {
        images.add(entry.getPath());
      } else {
        leftOut.ofOtherType(name);
      }
    }
    if (images.isEmpty()) {
      leftOut.emptyClass(folder.getName());
    }
    return images;
  }
}
