package dev.fletch.search;

import java.util.List;
import java.util.function.Consumer;

/** Says in words that a search is collapsing, once each time it begins to. */
final class CollapseWarnings {
  /** As Zela et al. (2020) set it, from the first epoch on which it can be judged. */
  private static final StopRule.Eigenvalue EIGENVALUE = new StopRule.Eigenvalue(1.3, 0);

  private final Consumer<String> say;
  private boolean saidEigenvalue;

  CollapseWarnings(Consumer<String> say) {
    this.say = say;
  }

  /** Looks at the last of {@code records}. */
  void look(List<EpochRecord> records) {
    EpochRecord last = records.get(records.size() - 1);
    boolean before = records.size() > 1 && records.get(records.size() - 2).isCollapsed();
    if (last.isCollapsed() && !before) {
      say.accept(
          "epoch "
              + last.epoch()
              + ": the normal cell is collapsing: "
              + EpochRecord.skipConnections(last.genotype().normal())
              + " of its genes are skip connections, more than half; later genotypes may be poor");
    }
    if (!saidEigenvalue) {
      EIGENVALUE
          .check(records)
          .ifPresent(
              stop -> {
                saidEigenvalue = true;
                say.accept(
                    "epoch "
                        + last.epoch()
                        + ": a collapse may be coming: "
                        + stop.reason()
                        + "; consider the candidate before-collapse, or search.stop");
              });
    }
  }
}
