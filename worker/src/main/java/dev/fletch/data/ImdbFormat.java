package dev.fletch.data;

import dev.fletch.data.text.Replacements;
import dev.fletch.data.text.RowConsumer;
import dev.fletch.data.text.TableLayout;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Reviews of the Large Movie Review Dataset (Maas et al., 2011), as tables between tabs with the
 * columns {@code id}, {@code rating}, {@code label} and {@code review}. Marks of line breaks in
 * reviews are white space.
 */
public record ImdbFormat() implements TextFormat {
  private static final UsualFiles FILES =
      new UsualFiles(List.of("train.tsv"), List.of("test.tsv"), false);

  private static final Replacements LINE_BREAKS = new Replacements(Map.of("<br />", " "), Map.of());

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
    TextTable.read(file, TableLayout.TSV, settings, rows);
  }

  @Override
  public Replacements replacements() {
    return LINE_BREAKS;
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
