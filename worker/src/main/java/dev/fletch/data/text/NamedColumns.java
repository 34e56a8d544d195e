package dev.fletch.data.text;

import dev.fletch.settings.Plural;
import java.util.List;
import java.util.Optional;

/**
 * A table whose first row names its columns. All rows must have as many values.
 *
 * @param text the column of texts
 * @param label the column of labels
 */
record NamedColumns(String text, String label) {
  void read(Cells.Reader cells, RowConsumer rows) {
    Optional<Cells> header = cells.next(rows);
    if (header.isEmpty() || header.get().isEmpty()) {
      rows.fault(1, "is empty: it must name the columns");
      return;
    }
    List<String> names = header.get().names();
    int line = header.get().line();
    int texts = column(text, "data.text-column", line, names, rows);
    int labels = column(label, "data.label-column", line, names, rows);
    if (texts < 0 || labels < 0) {
      return;
    }
    for (Optional<Cells> row = cells.next(rows); row.isPresent(); row = cells.next(rows)) {
      List<String> values = row.get().values();
      if (row.get().isEmpty()) {
        rows.fault(row.get().line(), "is empty");
      } else if (values.size() != names.size()) {
        rows.fault(
            row.get().line(),
            "has %s, must have %d: %s"
                .formatted(
                    Plural.of(values.size(), "column"), names.size(), String.join(", ", names)));
      } else {
        rows.row(row.get().line(), values.get(texts), values.get(labels));
      }
    }
  }

  private static int column(String name, String key, int line, List<String> names, Faults faults) {
    int first = names.indexOf(name);
    if (first < 0) {
      faults.fault(
          line,
          "has no column '%s', its columns are %s: set %s"
              .formatted(name, String.join(", ", names), key));
    } else if (first != names.lastIndexOf(name)) {
      faults.fault(line, "names the column '%s' twice".formatted(name));
      return -1;
    }
    return first;
  }
}
