package dev.fletch.report;

import dev.fletch.report.SearchReport.Epoch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The search in figures, epoch by epoch, with what came of the genotypes that were retrained. */
final class EpochSection {
  /** How many epochs are shown without asking. */
  private static final int SHORT = 16;

  private static final int STEPS = 10;

  private EpochSection() {}

  /**
   * @param head of the column
   * @param cell its content in the row of an epoch
   */
  private record Column(String head, Function<Epoch, Markup> cell) {}

  static Markup of(RunReport report) {
    SearchReport search = report.search();
    if (search.epochs().isEmpty()) {
      return Markup.NONE;
    }
    String compared = BestAgainstLast.sentence(report);
    List<Column> columns = columns(report);
    return Page.section(
        "epochs",
        "Accuracy and skip connections per epoch",
        explanation(columns),
        List.of(
            compared.isEmpty() ? Markup.NONE : Markup.of("<p class='finding'>{}</p>", compared),
            tables(report, columns),
            TemperatureTable.of(search)));
  }

  /** Of many epochs only some at first: those that matter, and enough to see how it went. */
  private static Markup tables(RunReport report, List<Column> columns) {
    List<Epoch> all = report.search().epochs();
    if (all.size() <= SHORT) {
      return table(report.search(), all, columns);
    }
    Set<Integer> retrained = retrained(report).keySet();
    int step = (all.size() + STEPS - 1) / STEPS;
    List<Epoch> some =
        all.stream()
            .filter(
                e ->
                    e.epoch() % step == 0
                        || retrained.contains(e.epoch())
                        || isMarked(report.search(), e))
            .toList();
    return Markup.of(
        "{}<details><summary>All {} epochs</summary>{}</details>",
        table(report.search(), some, columns),
        all.size(),
        table(report.search(), all, columns));
  }

  private static List<Column> columns(RunReport report) {
    SearchReport search = report.search();
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("T", e -> number(Figures.brief(e.temperature()))));
    columns.add(new Column("Validation accuracy", percent(Epoch::validationAccuracy)));
    if (measured(search, e -> e.watch().discretisedAccuracy())) {
      columns.add(
          new Column("Discretised accuracy", percent(e -> e.watch().discretisedAccuracy())));
      columns.add(new Column("Gap", e -> number(Figures.difference(e.discretisationGap()))));
    }
    columns.add(
        new Column(
            "Skip connections",
            e -> number(e.skipConnections().normal() + " / " + e.skipConnections().reduction())));
    if (measured(search, e -> e.watch().alphaEigenvalue())) {
      columns.add(
          new Column("Eigenvalue", e -> number(Figures.brief(e.watch().alphaEigenvalue()))));
    }
    Map<Integer, Markup> retrained = retrained(report);
    if (!retrained.isEmpty()) {
      columns.add(new Column("Test accuracy", e -> retrained.getOrDefault(e.epoch(), Markup.NONE)));
    }
    return columns;
  }

  static boolean measured(SearchReport search, ToDoubleFunction<Epoch> value) {
    return search.epochs().stream().anyMatch(e -> !Double.isNaN(value.applyAsDouble(e)));
  }

  private static Function<Epoch, Markup> percent(ToDoubleFunction<Epoch> value) {
    return e -> number(Figures.percent(value.applyAsDouble(e)));
  }

  private static Markup number(String text) {
    return Markup.of("{}", text);
  }

  /** What a hypernetwork gives for a lambda is not the epoch's genotype. */
  private static Map<Integer, Markup> retrained(RunReport report) {
    Map<Integer, Markup> retrained = new LinkedHashMap<>();
    List<CandidateReport> ranked = Leaderboard.ranked(report.candidates());
    for (CandidateReport candidate : ranked) {
      Markup accuracy =
          Markup.of(
              "<a href='#candidate-{}'>{}</a>{}",
              ranked.indexOf(candidate) + 1,
              candidate.measuredSeeds() > 0
                  ? Figures.percent(candidate.testAccuracyMean())
                  : candidate.status(),
              Markup.spread(candidate.testAccuracyStd()));
      candidate.origins().stream()
          .filter(origin -> origin.lambda().isEmpty() && origin.epoch().isPresent())
          .forEach(origin -> retrained.putIfAbsent(origin.epoch().getAsInt(), accuracy));
    }
    return retrained;
  }

  private static Markup table(SearchReport search, List<Epoch> epochs, List<Column> columns) {
    List<Markup> rows = new ArrayList<>();
    for (Epoch epoch : epochs) {
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
        "<div class='scroll'><table class='figures'><thead><tr><th class='n'>Epoch</th><th></th>{}"
            + "</tr></thead><tbody>{}</tbody></table></div>",
        columns.stream().map(c -> Markup.of("<th class='n'>{}</th>", c.head())).toList(),
        rows);
  }

  private static String explanation(List<Column> columns) {
    List<String> heads = columns.stream().map(Column::head).toList();
    return "Skip connections: normal / reduction cell."
        + (heads.contains("Gap")
            ? " Discretised: the supernet with the genotype's operations alone, nothing trained"
                + " anew; the gap is what that costs, in percentage points."
            : "")
        + (heads.contains("Eigenvalue")
            ? " Eigenvalue: the largest of the Hessian of the validation loss in alpha."
            : "")
        + (heads.contains("Test accuracy")
            ? " Test accuracy: of the epoch's genotype retrained from scratch, mean ± spread."
            : "");
  }

  private static boolean isBest(SearchReport search, Epoch epoch) {
    return search.bestEpoch().equals(OptionalInt.of(epoch.epoch()));
  }

  private static boolean isLast(SearchReport search, Epoch epoch) {
    return search.last().filter(epoch::equals).isPresent();
  }

  private static boolean isBeforeCollapse(SearchReport search, Epoch epoch) {
    return search.beforeCollapse().equals(OptionalInt.of(epoch.epoch()));
  }

  private static boolean isMarked(SearchReport search, Epoch epoch) {
    return isBest(search, epoch) || isLast(search, epoch) || isBeforeCollapse(search, epoch);
  }

  private static List<Markup> marks(SearchReport search, Epoch epoch) {
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
    if (Collapse.collapsed(epoch.genotype().normal())) {
      marks.add(mark("tag warn", "collapsed"));
    }
    return marks;
  }

  private static Markup mark(String style, String words) {
    return Markup.of("<span class='{}'>{}</span>", style, words);
  }
}
