package dev.fletch.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong with examples, in their order: the first few, which are named, and how many there
 * are. A file that is something else altogether has a fault a line.
 */
final class Failures {
  private static final int NAMED = 20;

  private final List<DataException> named = new ArrayList<>();
  private int count;

  void add(DataException failure) {
    count++;
    if (named.size() < NAMED) {
      named.add(failure);
    }
  }

  /**
   * @param reason what is wrong from the line on, without its subject
   */
  void add(DataFile file, int line, String reason) {
    if (named.size() < NAMED) {
      add(new DataException("%s line %d: %s".formatted(file, line, reason)));
    } else {
      count++;
    }
  }

  /** Adds those of {@code others} behind these. */
  void addAll(Failures others) {
    int unnamed = others.count - others.named.size();
    others.named.forEach(this::add);
    count += unnamed;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /** Not to be called if there is none. */
  DataException first() {
    return named.get(0);
  }

  /** The first few, and how many more there are. */
  String text() {
    String others = count > named.size() ? "; and %d others".formatted(count - named.size()) : "";
    return named.stream().map(DataException::getMessage).collect(Collectors.joining("; ")) + others;
  }
}
