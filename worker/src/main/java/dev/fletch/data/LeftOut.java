package dev.fletch.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lies in one part of a data set in class folders, such as {@code train}, but is no image of a
 * class. Hidden files are not counted: they were never meant as data.
 */
final class LeftOut {
  private static final int NAMED = 5;

  private final String part;
  private final Map<String, Integer> types = new TreeMap<>();
  private final List<String> loose = new ArrayList<>();
  private final List<String> nested = new ArrayList<>();
  private final List<String> empty = new ArrayList<>();

  /**
   * @param part its folder's name
   */
  LeftOut(String part) {
    this.part = part;
  }

  /** A file that lies beside the class folders. */
  void besideClasses(String name) {
    if (FolderListing.isImage(name)) {
      loose.add(name);
    } else {
      ofOtherType(name);
    }
  }

  /** A file whose type is no image's. */
  void ofOtherType(String name) {
    int dot = name.lastIndexOf('.');
    types.merge(dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT), 1, Integer::sum);
  }

  /** A folder within a class folder. */
  void withinClass(String className, String name) {
    nested.add(className + "/" + name);
  }

  /** A class folder without images. */
  void emptyClass(String name) {
    empty.add(name);
  }

  /** One line per kind of what was left out, with its count and the rule. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    types.forEach(
        (type, count) ->
            lines.add(
                "%s %s in %s left out: images end in %s"
                    .formatted(
                        count(count, "file"),
                        type.isEmpty() ? "without a type" : "of type " + type,
                        part + were(count),
                        FolderListing.imageEndings())));
    add(lines, loose, "image", "directly in %s", "images lie in a folder per class");
    add(
        lines,
        nested,
        "folder",
        "within the class folders of %s",
        "images lie in the class folder");
    add(lines, empty, "class folder", "without images in %s", "a class has one or more");
    return lines;
  }

  private void add(List<String> lines, List<String> names, String noun, String where, String rule) {
    if (!names.isEmpty()) {
      String more = names.size() > NAMED ? ", ..." : "";
      lines.add(
          "%s %s left out (%s%s): %s"
              .formatted(
                  count(names.size(), noun),
                  where.formatted(part) + were(names.size()),
                  String.join(", ", names.subList(0, Math.min(NAMED, names.size()))),
                  more,
                  rule));
    }
  }

  private static String count(int number, String noun) {
    return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  private static String were(int number) {
    return number == 1 ? " was" : " were";
  }
}
