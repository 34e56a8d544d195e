package dev.fletch.data.text;

import dev.fletch.data.text.Lines.Line;
import java.util.List;
import java.util.Optional;

/**
 * The values of one row of a table.
 *
 * @param line where the row begins
 */
record Cells(int line, List<String> values) {
  /** What cuts a file into rows. */
  @FunctionalInterface
  interface Reader {
    /** The next row that can be cut into values; those before it that cannot are faults. */
    Optional<Cells> next(Faults faults);
  }

  boolean isEmpty() {
    return values.equals(List.of(""));
  }

  /** The values as names of columns. */
  List<String> names() {
    return values.stream().map(String::strip).toList();
  }

  /** Rows whose values stand between tabs. Quotes mean nothing there, and no value has a tab. */
  static Reader betweenTabs(Lines lines) {
    return faults -> lines.nextText(faults).map(Cells::betweenTabs);
  }

  static Cells betweenTabs(Line line) {
    return new Cells(line.number(), List.of(line.text().split("\t", -1)));
  }
}
