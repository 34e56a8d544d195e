package dev.fletch.data.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the rows of a table stand in a file, which the ending of its name says. */
public enum TableLayout {
  /** Names of the columns in the first line, values between tabs; quotes mean nothing. */
  TSV("tsv"),
  /** Names of the columns in the first line, comma-separated values as in RFC 4180. */
  CSV("csv"),
  /** A JSON object a line. */
  JSON_LINES("jsonl");

  private static final String GZIP = ".gz";

  private final String ending;

  TableLayout(String ending) {
    this.ending = ending;
  }

  /** The endings of file names, in the order of the constants. */
  public static List<String> endings() {
    return Arrays.stream(values()).map(layout -> "." + layout.ending).toList();
  }

  /** What a file of this name is, with or without {@code .gz} behind it. */
  public static Optional<TableLayout> ofFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain =
        lower.endsWith(GZIP) ? lower.substring(0, lower.length() - GZIP.length()) : lower;
    return Arrays.stream(values())
        .filter(layout -> plain.endsWith("." + layout.ending))
        .findFirst();
  }

  /** The names in the first line of a table between tabs; none if that is no text. */
  public static List<String> columns(Lines lines) {
    return lines.next().map(line -> Cells.betweenTabs(line).names()).orElse(List.of());
  }

  /**
   * Hands on every row, and every fault with its line.
   *
   * @param text the column of texts
   * @param label the column of labels
   */
  public void read(Lines lines, String text, String label, RowConsumer rows) {
    switch (this) {
      case TSV -> new NamedColumns(text, label).read(Cells.betweenTabs(lines), rows);
      case CSV -> new NamedColumns(text, label).read(new CsvCells(lines), rows);
      case JSON_LINES -> new JsonLines(text, label).read(lines, rows);
    }
  }
}
