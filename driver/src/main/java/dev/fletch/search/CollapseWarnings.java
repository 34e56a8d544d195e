package dev.fletch.search;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Says in words that a search is collapsing, when it begins to. What was said follows from the
 * records, so that a resumed search does not repeat it. Epochs that did not train alpha say
 * nothing.
 */
final class CollapseWarnings {
  /** As Zela et al. (2020) set it, from the first epoch on which it can be judged. */
  private static final StopRule.Eigenvalue EIGENVALUE = new StopRule.Eigenvalue(1.3, 0);

  private final Consumer<String> say;

  CollapseWarnings(Consumer<String> say) {
    this.say = say;
  }

  /** Looks at the last of {@code records}. */
  void look(List<EpochRecord> records) {
    List<EpochRecord> trained = sinceAlphaIsTrained(records);
    if (trained.isEmpty()) {
      return;
    }
    EpochRecord last = trained.get(trained.size() - 1);
    boolean before = trained.size() > 1 && trained.get(trained.size() - 2).isCollapsed();
    if (last.isCollapsed() && !before) {
      say.accept(
          "epoch "
              + last.epoch()
              + ": the "
              + SkipConnections.cell(last.genotype())
              + " is collapsing: "
              + last.skipConnections().normal()
              + " of its genes are "
              + SkipConnections.noun(last.genotype())
              + ", more than half; later genotypes may be poor");
    }
    Optional<StopRule.Stop> growth = EIGENVALUE.check(trained);
    if (growth.isPresent() && !grewBefore(trained)) {
      say.accept(
          "epoch "
              + last.epoch()
              + ": a collapse may be coming: "
              + growth.get().reason()
              + "; consider the candidate epoch-"
              + growth.get().beforeCollapse().orElseThrow()
              + ", or search.stop");
    }
  }

  /** The last epochs, without those before a warm-up: they may be of another stage's supernet. */
  private static List<EpochRecord> sinceAlphaIsTrained(List<EpochRecord> records) {
    int from = records.size();
    while (from > 0 && records.get(from - 1).watch().isAlphaTrained()) {
      from--;
    }
    return records.subList(from, records.size());
  }

  private static boolean grewBefore(List<EpochRecord> records) {
    for (int end = 1; end < records.size(); end++) {
      if (EIGENVALUE.check(records.subList(0, end)).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
