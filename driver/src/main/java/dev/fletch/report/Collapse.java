package dev.fletch.report;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The known failure of DARTS-like searches: skip connections take over the normal cell (Zela et
 * al., 2020). Here a search counts as collapsed when they are more than half of its edges.
 */
final class Collapse {
  private Collapse() {}

  static boolean collapsed(CellGenotype normal) {
    return 2 * normal.count(Operation.SKIP_CONNECT) > genes(normal);
  }

  /** The epoch before the first that counts as collapsed; absent if none does. */
  static OptionalInt before(List<SearchReport.Epoch> epochs) {
    return epochs.stream()
        .filter(e -> collapsed(e.genotype().normal()))
        .mapToInt(e -> Math.max(0, e.epoch() - 1))
        .findFirst();
  }

  static int genes(CellGenotype cell) {
    return cell.nodes().stream().mapToInt(List::size).sum();
  }

  /** Warning boxes in words; empty if nothing collapsed. */
  static List<Markup> warnings(RunReport report) {
    List<Markup> warnings = new ArrayList<>();
    report
        .search()
        .last()
        .filter(e -> collapsed(e.genotype().normal()) && !isRandom(report.search()))
        .ifPresent(e -> warnings.add(searchWarning(report.search(), e)));
    for (CandidateReport candidate : report.candidates()) {
      if (collapsed(candidate.genotype().normal()) && warnings.isEmpty()) {
        warnings.add(
            warning(
                "Candidate "
                    + candidate.id()
                    + (candidate.epoch().isPresent()
                        ? " comes from a collapsed epoch."
                        : " is mostly skip connections."),
                count(candidate.genotype().normal())
                    + " Its accuracy says little about the search space."));
      }
    }
    return warnings;
  }

  /** What is drawn at random does not collapse, whatever comes out. */
  private static boolean isRandom(SearchReport search) {
    return search.method().startsWith("random-");
  }

  private static Markup searchWarning(SearchReport search, SearchReport.Epoch last) {
    int since = last.epoch();
    for (int i = search.epochs().size() - 1; i >= 0; i--) {
      SearchReport.Epoch epoch = search.epochs().get(i);
      if (!collapsed(epoch.genotype().normal())) {
        break;
      }
      since = epoch.epoch();
    }
    String advice =
        since == search.epochs().get(0).epoch()
            ? " It has been so from the first epoch on. Train longer, or regularize the search."
            : " It has been so since epoch "
                + since
                + ". Prefer an earlier epoch as candidate"
                + before(search)
                + ", stop earlier, or regularize the search.";
    return warning("The search collapsed.", count(last.genotype().normal()) + advice);
  }

  private static String before(SearchReport search) {
    return search.beforeCollapse().isPresent()
        ? " (before-collapse stands for epoch " + search.beforeCollapse().getAsInt() + ")"
        : "";
  }

  private static String count(CellGenotype normal) {
    return normal.count(Operation.SKIP_CONNECT)
        + " of the "
        + genes(normal)
        + " edges in the normal cell are skip connections, more than half.";
  }

  static Markup warning(String title, String text) {
    return Markup.of("<p class='warning' role='note'><b>{}</b> {}</p>", title, text);
  }
}
