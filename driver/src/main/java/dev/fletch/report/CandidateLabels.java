package dev.fletch.report;

import dev.fletch.architecture.Genotype;
import dev.fletch.report.CandidateReport.Origin;
import dev.fletch.report.SearchReport.Epoch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds a candidate's genotype and origins by its label: {@code best-validation}, {@code last} or
 * {@code epoch-N}.
 *
 * @param configured all labels of the run; those with the same genotype share one candidate
 */
record CandidateLabels(SearchReport search, List<String> configured) {
  private static final String NUMBERED = "epoch-\\d{1,9}";

  /** Empty when the label names no epoch of the search. */
  Optional<Genotype> genotype(String label) {
    return epoch(label).map(Epoch::genotype);
  }

  /** The label itself first, then the other configured ones with the same genotype. */
  List<Origin> origins(String label) {
    Set<String> labels = new LinkedHashSet<>(List.of(label));
    labels.addAll(configured);
    Optional<Genotype> genotype = genotype(label);
    List<Origin> origins = new ArrayList<>();
    for (String other : labels) {
      epoch(other)
          .filter(e -> genotype.equals(Optional.of(e.genotype())))
          .map(e -> new Origin(other, OptionalInt.of(e.epoch()), OptionalDouble.empty()))
          .ifPresent(origins::add);
    }
    return origins;
  }

  private Optional<Epoch> epoch(String label) {
    List<Epoch> epochs = search.epochs();
    if (label.equals("last")) {
      return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
    }
    int wanted =
        label.equals("best-validation")
            ? search.bestEpoch().orElse(-1)
            : label.matches(NUMBERED) ? Integer.parseInt(label.substring("epoch-".length())) : -1;
    return epochs.stream().filter(e -> e.epoch() == wanted).findFirst();
  }
}
