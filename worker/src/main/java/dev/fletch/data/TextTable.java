package dev.fletch.data;

import dev.fletch.data.text.Lines;
import dev.fletch.data.text.RowConsumer;
import dev.fletch.data.text.TableLayout;
import org.apache.hadoop.fs.Path;

/** A table of texts and labels, in any layout there is. */
final class TextTable {
  private static final int CHUNK = 1 << 16;

  private TextTable() {}

  /**
   * Hands on the rows of {@code file}, whose name says its layout.
   *
   * @throws DataException if the name does not say so, or the file cannot be read to its end
   */
  static void read(DataFile file, TextSettings settings, RowConsumer rows) {
    TableLayout layout =
        TableLayout.ofFile(new Path(file.toString()).getName())
            .orElseThrow(
                () ->
                    new DataException(
                        "Cannot tell what %s is: its name must end in %s, or in these with .gz"
                            .formatted(file, String.join(", ", TableLayout.endings()))));
    read(file, layout, settings, rows);
  }

  /**
   * Hands on the rows of {@code file}.
   *
   * @throws DataException if the file cannot be read to its end
   */
  static void read(DataFile file, TableLayout layout, TextSettings settings, RowConsumer rows) {
    try (DataInput in = file.open()) {
      Lines lines = new Lines(() -> in.upTo(CHUNK));
      layout.read(lines, settings.textColumn(), settings.labelColumn(), rows);
      in.skipRest(); // says whether a gzip stream broke off
    }
  }

  /** Whether the first line of a table between tabs names {@code column}. */
  static boolean hasColumn(DataFile file, String column) {
    try (DataInput in = file.open()) {
      return TableLayout.columns(new Lines(() -> in.upTo(CHUNK))).contains(column);
    }
  }
}
