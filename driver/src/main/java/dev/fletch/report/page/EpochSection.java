package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.BestAgainstLast;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.SearchReport;
import dev.fletch.report.page.EpochColumns.Column;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The search in figures, epoch by epoch, with what came of the genotypes that were retrained. */
final class EpochSection {
  /** How many epochs are shown without asking. */
  private static final int SHORT = 16;

  private static final int STEPS = 10;

  private EpochSection() {}

  static Markup of(RunReport report) {
    SearchReport search = report.search();
    if (search.epochs().isEmpty()) {
      return Markup.NONE;
    }
    String compared = BestAgainstLast.sentence(report);
    List<Column> columns = EpochColumns.of(report);
    return Section.of(
        "epochs",
        search.metric().title() + counted(search) + search.round().noun(),
        EpochColumns.explanation(report, columns),
        List.of(
            compared.isEmpty() ? Markup.NONE : Markup.of("<p class='finding'>{}</p>", compared),
            tables(report, columns),
            TemperatureTable.of(search)));
  }

  private static String counted(SearchReport search) {
    if (search.isRecurrent()) {
      return " and identities per ";
    }
    return search.round() == Round.EPOCH ? " and skip connections per " : " per ";
  }

  /** Of many epochs only some at first: those that matter, and enough to see how it went. */
  private static Markup tables(RunReport report, List<Column> columns) {
    List<EpochRecord> all = report.search().epochs();
    if (all.size() <= SHORT) {
      return table(report.search(), all, columns);
    }
    Set<Integer> retrained = EpochColumns.retrained(report).keySet();
    int step = (all.size() + STEPS - 1) / STEPS;
    List<EpochRecord> some =
        all.stream()
            .filter(
                e ->
                    e.epoch() % step == 0
                        || retrained.contains(e.epoch())
                        || isMarked(report.search(), e))
            .toList();
    return Markup.of(
        "{}<details><summary>All {}</summary>{}</details>",
        table(report.search(), some, columns),
        Figures.counted(all.size(), report.search().round().noun()),
        table(report.search(), all, columns));
  }

  private static Markup table(SearchReport search, List<EpochRecord> epochs, List<Column> columns) {
    List<Markup> rows = new ArrayList<>();
    for (EpochRecord epoch : epochs) {
      rows.add(
          Markup.of(
              "<tr{}><td class='n'>{}</td><td>{}</td>{}</tr>",
              isBest(search, epoch) ? new Markup(" class='best'") : Markup.NONE,
              epoch.epoch(),
              marks(search, epoch),
              columns.stream()
                  .map(c -> Markup.of("<td class='n'>{}</td>", c.cell().apply(epoch)))
                  .toList()));
    }
    return Markup.of(
        "<div class='scroll'><table class='figures'><thead><tr><th class='n'>{}</th><th></th>{}"
            + "</tr></thead><tbody>{}</tbody></table></div>",
        search.round() == Round.EPOCH ? "Epoch" : "Generation",
        columns.stream().map(c -> Markup.of("<th class='n'>{}</th>", c.head())).toList(),
        rows);
  }

  private static boolean isBest(SearchReport search, EpochRecord epoch) {
    return search.bestEpoch().equals(OptionalInt.of(epoch.epoch()));
  }

  private static boolean isLast(SearchReport search, EpochRecord epoch) {
    return search.last().filter(epoch::equals).isPresent();
  }

  private static boolean isBeforeCollapse(SearchReport search, EpochRecord epoch) {
    return search.beforeCollapse().equals(OptionalInt.of(epoch.epoch()));
  }

  private static boolean isMarked(SearchReport search, EpochRecord epoch) {
    return isBest(search, epoch) || isLast(search, epoch) || isBeforeCollapse(search, epoch);
  }

  private static List<Markup> marks(SearchReport search, EpochRecord epoch) {
    List<Markup> marks = new ArrayList<>();
    if (isBest(search, epoch)) {
      marks.add(mark("tag", "best validation"));
    }
    if (isLast(search, epoch)) {
      marks.add(mark("tag", "last"));
    }
    if (isBeforeCollapse(search, epoch)) {
      marks.add(mark("tag", "before collapse"));
    }
    if (epoch.isCollapsed()) {
      marks.add(mark("tag warn", "collapsed"));
    }
    return marks;
  }

  private static Markup mark(String style, String words) {
    return Markup.of("<span class='{}'>{}</span>", style, words);
  }
}
