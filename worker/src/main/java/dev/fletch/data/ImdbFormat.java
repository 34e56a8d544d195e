package dev.fletch.data;

import dev.fletch.data.text.RowConsumer;
import dev.fletch.data.text.TableLayout;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Reviews of the Large Movie Review Dataset (Maas et al., 2011), as tables between tabs with the
 * columns {@code id}, {@code rating}, {@code label} and {@code review}. Marks of line breaks in
 * reviews are white space.
 */
public record ImdbFormat() implements TextFormat {
  private static final UsualFiles FILES =
      new UsualFiles(List.of("train.tsv"), List.of("test.tsv"), false);

  private static final String LINE_BREAK = "<br />";

  @Override
  public String text() {
    return "imdb";
  }

  @Override
  public DataFiles locate(DataSettings settings, Configuration hadoop) {
    return FILES.locate(settings, hadoop);
  }

  @Override
  public void read(DataFile file, TextSettings settings, RowConsumer rows) {
    TextTable.read(
        file,
        TableLayout.TSV,
        settings,
        new RowConsumer() {
          @Override
          public void row(int line, String text, String label) {
            rows.row(line, text.replace(LINE_BREAK, " "), label);
          }

          @Override
          public void fault(int line, String reason) {
            rows.fault(line, reason);
          }
        });
  }

  @Override
  public List<String> labels() {
    return List.of("0", "1");
  }

  @Override
  public List<String> classNames(List<String> labels) {
    return List.of("negative", "positive");
  }
}
