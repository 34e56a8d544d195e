package dev.fletch.report.page;

import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A confusion matrix as a folded table, the darker the larger a cell's share of its class. */
final class ConfusionTable {
  /** Of so many classes a page still shows every count. */
  private static final int SHOWN_CLASSES = 20;

  private ConfusionTable() {}

  /**
   * @param confusion summed over {@code seeds} seeds
   * @param names of its classes
   */
  static Markup of(ConfusionMatrix confusion, List<String> names, long seeds) {
    if (!confusion.isKnown()) {
      return Markup.NONE;
    }
    if (confusion.classes() > SHOWN_CLASSES) {
      return Markup.of(
          "<p class='facts'>The confusion matrix of {} classes is in result.json of each"
              + " training.</p>",
          confusion.classes());
    }
    List<Markup> heads = new ArrayList<>();
    List<Markup> rows = new ArrayList<>();
    for (int c = 0; c < confusion.classes(); c++) {
      heads.add(Markup.of("<th class='n'>{}</th>", names.get(c)));
      rows.add(row(confusion, c, names.get(c)));
    }
    return Markup.of(
        "<details><summary>Confusion matrix on the test set, {}</summary><div class='scroll'>"
            + "<table class='confusion'><thead><tr><th>class ↓ taken for →</th>{}"
            + "<th class='n'>precision</th><th class='n'>recall</th><th class='n'>F1</th></tr>"
            + "</thead><tbody>{}</tbody></table></div></details>",
        seeds == 1 ? "one seed" : "sum of " + seeds + " seeds",
        heads,
        rows);
  }

  private static Markup row(ConfusionMatrix confusion, int label, String name) {
    long occurred = 0;
    for (int p = 0; p < confusion.classes(); p++) {
      occurred += confusion.count(label, p);
    }
    List<Markup> cells = new ArrayList<>();
    for (int p = 0; p < confusion.classes(); p++) {
      long count = confusion.count(label, p);
      double share = occurred == 0 ? 0 : (double) count / occurred;
      cells.add(
          Markup.of(
              "<td class='n {}' style='--share:{}'>{}</td>",
              p == label ? "right" : "wrong",
              String.format(Locale.ROOT, "%.2f", share),
              Long.toString(count)));
    }
    return Markup.of(
        "<tr><th>{}</th>{}<td class='n'>{}</td><td class='n'>{}</td><td class='n'>{}</td></tr>",
        name,
        cells,
        Figures.decimals(confusion.precision(label)),
        Figures.decimals(confusion.recall(label)),
        Figures.decimals(confusion.f1(label)));
  }
}
