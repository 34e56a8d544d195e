package dev.fletch.data.text;

import dev.fletch.data.text.Lines.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of comma-separated values (RFC 4180): values in quotes may have commas, doubled quotes and
 * line breaks. Nothing is guessed: quotes at other places are faults, for libraries that read on
 * there lose or join rows without a word.
 */
final class CsvCells implements Cells.Reader {
  private final Lines lines;

  /** The line that is being read, and where in it. */
  private String text = "";

  private int at;

  CsvCells(Lines lines) {
    this.lines = lines;
  }

  @Override
  public Optional<Cells> next(Faults faults) {
    for (Optional<Line> line = lines.nextText(faults);
        line.isPresent();
        line = lines.nextText(faults)) {
      text = line.get().text();
      at = 0;
      Optional<List<String>> values = values(line.get().number(), faults);
      if (values.isPresent()) {
        return Optional.of(new Cells(line.get().number(), values.get()));
      }
    }
    return Optional.empty();
  }

  /** The values of the row that begins here, or nothing if there is a fault in it. */
  private Optional<List<String>> values(int begin, Faults faults) {
    List<String> values = new ArrayList<>();
    while (true) {
      Optional<String> value =
          text.startsWith("\"", at) ? quoted(begin, faults) : plain(begin, faults);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
      if (at == text.length()) {
        return Optional.of(values);
      }
      at++; // the comma
    }
  }

  private Optional<String> plain(int begin, Faults faults) {
    int comma = text.indexOf(',', at);
    String value = text.substring(at, comma < 0 ? text.length() : comma);
    at += value.length();
    if (value.contains("\"")) {
      faults.fault(
          begin,
          "has a quote within a value that does not begin with one: put the value in quotes, and"
              + " double those within");
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private Optional<String> quoted(int begin, Faults faults) {
    StringBuilder value = new StringBuilder();
    at++;
    while (true) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        value.append(text, at, text.length()).append('\n');
        if (!nextLine(begin, faults)) {
          return Optional.empty();
        }
      } else if (text.startsWith("\"\"", quote)) {
        value.append(text, at, quote + 1);
        at = quote + 2;
      } else {
        value.append(text, at, quote);
        at = quote + 1;
        break;
      }
    }
    if (at < text.length() && text.charAt(at) != ',') {
      faults.fault(begin, "has text behind a closing quote: double the quotes within a value");
      return Optional.empty();
    }
    return Optional.of(value.toString());
  }

  private boolean nextLine(int begin, Faults faults) {
    Optional<Line> next = lines.next();
    if (next.isEmpty()) {
      faults.fault(begin, "has a quote that is never closed");
      return false;
    }
    if (!next.get().isUtf8()) {
      faults.fault(next.get().number(), "is no UTF-8");
      return false;
    }
    text = next.get().text();
    at = 0;
    return true;
  }
}
