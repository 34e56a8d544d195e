package dev.fletch.data;

import dev.fletch.data.text.Replacements;
import dev.fletch.data.text.RowConsumer;
import dev.fletch.data.text.TableLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The Stanford Sentiment Treebank with two classes (Socher et al., 2013), as tables between tabs:
 * in the layout of GLUE (Wang et al., 2019), whose {@code test.tsv} has no labels, so that {@code
 * dev.tsv} is the test set; or with labels everywhere, where it is {@code test.tsv}.
 *
 * <p>GLUE writes brackets, slashes and asterisks as they are, other editions as the Penn Treebank
 * escapes them. Here both are the plain signs, so that files of both can be put together.
 */
public record Sst2Format() implements TextFormat {
  private static final String TRAIN = "train.tsv";
  private static final String DEV = "dev.tsv";
  private static final String TEST = "test.tsv";

  /**
   * As Stanford's PTBTokenizer writes them, which cut the sentences: normalizeParentheses,
   * normalizeOtherBrackets and escapeForwardSlashAsterisk among its options. A bracket is a word of
   * its own; the other two stand within words too, as in {@code writer\/director}.
   */
  private static final Replacements ESCAPES =
      new Replacements(
          Map.of("\\/", "/", "\\*", "*"),
          Map.of(
              "-lrb-", "(", "-rrb-", ")", "-lsb-", "[", "-rsb-", "]", "-lcb-", "{", "-rcb-", "}"));

  @Override
  public String text() {
    return "sst2";
  }

  @Override
  public DataFiles locate(DataSettings settings, Configuration hadoop) {
    if (!settings.test().isEmpty()) {
      return new UsualFiles(List.of(TRAIN), List.of(TEST), false).locate(settings, hadoop);
    }
    DataFolder folder = DataFolder.open(settings.path(), hadoop);
    Optional<DataFile> dev = UsualFiles.find(folder, DEV);
    Optional<DataFile> test = UsualFiles.find(folder, TEST);
    String label = settings.text().labelColumn();
    boolean isLabelled = test.filter(file -> TextTable.hasColumn(file, label)).isPresent();
    boolean isDev = dev.isPresent() && !isLabelled;
    DataFiles files =
        new UsualFiles(List.of(TRAIN), List.of(isDev ? DEV : TEST), false).locate(settings, hadoop);
    Optional<DataFile> other = isDev ? test : dev;
    if (other.isEmpty() || files.has(other.get(), hadoop)) {
      return files;
    }
    String warning =
        isDev
            ? "%s is not used: it has no labels, the test set is %s".formatted(TEST, DEV)
            : "%s is not used: the test set is %s; to train on it too, list it in data.train"
                .formatted(DEV, TEST);
    return new DataFiles(files.train(), files.test(), List.of(warning));
  }

  @Override
  public void read(DataFile file, TextSettings settings, RowConsumer rows) {
    TextTable.read(file, TableLayout.TSV, settings, rows);
  }

  @Override
  public Replacements replacements() {
    return ESCAPES;
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
