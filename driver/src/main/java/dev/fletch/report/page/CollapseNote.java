package dev.fletch.report.page;

import dev.fletch.architecture.Architecture;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.SearchReport;
import dev.fletch.search.Collapse;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.SkipConnections;
import java.util.ArrayList;
import java.util.List;

/** That skip connections took over, in words. */
final class CollapseNote {
  private CollapseNote() {}

  /** Warning boxes in words; empty if nothing collapsed. */
  static List<Markup> warnings(RunReport report) {
    List<Markup> warnings = new ArrayList<>();
    report
        .search()
        .last()
        .filter(e -> e.isCollapsed() && !isRandom(report.search()))
        .ifPresent(e -> warnings.add(searchWarning(report.search(), e)));
    for (CandidateReport candidate : report.candidates()) {
      if (Collapse.is(candidate.genotype()) && warnings.isEmpty()) {
        warnings.add(
            Warning.of(
                "Candidate "
                    + candidate.id()
                    + (candidate.epoch().isPresent()
                        ? " comes from a collapsed epoch."
                        : " is mostly " + SkipConnections.noun(candidate.genotype()) + "."),
                count(candidate.genotype())
                    + " Its "
                    + report.metric().name()
                    + " says little about the search space."));
      }
    }
    return warnings;
  }

  /** What is drawn at random does not collapse, whatever comes out. */
  private static boolean isRandom(SearchReport search) {
    return search.method().startsWith("random-");
  }

  private static Markup searchWarning(SearchReport search, EpochRecord last) {
    int since = Collapse.since(search.epochs()).orElseThrow();
    String advice =
        since == search.epochs().get(0).epoch()
            ? " It has been so from the first epoch on. Train longer, or regularize the search."
            : " It has been so since epoch "
                + since
                + ". Prefer an earlier epoch as candidate"
                + before(search)
                + ", stop earlier, or regularize the search.";
    return Warning.of("The search collapsed.", count(last.genotype()) + advice);
  }

  private static String before(SearchReport search) {
    return search.beforeCollapse().isPresent()
        ? " (before-collapse stands for epoch " + search.beforeCollapse().getAsInt() + ")"
        : "";
  }

  private static String count(Architecture genotype) {
    return SkipConnections.of(genotype).normal()
        + " of the "
        + Collapse.genes(genotype)
        + " edges in the "
        + SkipConnections.cell(genotype)
        + " are "
        + SkipConnections.noun(genotype)
        + ", more than half.";
  }
}
