package dev.fletch.data;

import dev.fletch.data.text.RowConsumer;
import dev.fletch.data.text.TableLayout;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Texts of one's own: tables with named columns, between tabs or commas, or a JSON object a line.
 * The names of the files say which.
 */
public record TableFormat() implements TextFormat {
  @Override
  public String text() {
    return "text";
  }

  @Override
  public DataFiles locate(DataSettings settings, Configuration hadoop) {
    String train = usual("train", settings.train(), settings, hadoop);
    String test = usual("test", settings.test(), settings, hadoop);
    DataFiles files = new UsualFiles(List.of(train), List.of(test), false).locate(settings, hadoop);
    return new DataFiles(files.train(), files.test(), unused(files, settings, hadoop));
  }

  /** Names what looks like a part of the data and is none. */
  private static List<String> unused(DataFiles files, DataSettings settings, Configuration hadoop) {
    List<String> warnings = new ArrayList<>();
    if (settings.path().isBlank() || !settings.train().isEmpty()) {
      return warnings; // the files to use are listed
    }
    DataFolder folder = DataFolder.open(settings.path(), hadoop);
    for (String part : List.of("dev", "val", "validation")) {
      for (String ending : TableLayout.endings()) {
        UsualFiles.find(folder, part + ending)
            .filter(file -> !files.has(file, hadoop))
            .ifPresent(
                file ->
                    warnings.add(
                        "%s is not used: to train on it too, list it in data.train"
                            .formatted(part + ending)));
      }
    }
    return warnings;
  }

  /** The one name of a part's file that there is, of all it may have. */
  private static String usual(
      String part, List<String> listed, DataSettings settings, Configuration hadoop) {
    List<String> names = TableLayout.endings().stream().map(ending -> part + ending).toList();
    if (!listed.isEmpty()) {
      return names.get(0); // not looked for
    }
    DataFolder folder = DataFolder.open(settings.path(), hadoop);
    List<String> there = new ArrayList<>(names);
    there.removeIf(name -> UsualFiles.find(folder, name).isEmpty());
    if (there.size() != 1) {
      throw new DataException(
          "Cannot find %s in %s: %s"
              .formatted(
                  (there.isEmpty() ? "any" : "one only") + " of " + String.join(", ", names),
                  folder,
                  there.isEmpty()
                      ? "put it there, plain or with .gz, or list the files in data." + part
                      : "list those to use in data." + part));
    }
    return there.get(0);
  }

  @Override
  public void read(DataFile file, TextSettings settings, RowConsumer rows) {
    TextTable.read(file, settings, rows);
  }
}
