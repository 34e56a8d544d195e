package dev.fletch.retrain;

import dev.fletch.genotype.Genotype;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.SearchResult;
import dev.fletch.settings.InvalidSettingsException;
import dev.fletch.settings.SettingProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Finds the candidates of a search by the labels of {@code retrain.candidates}. */
public final class Candidates {
  private static final String NUMBERED = "epoch-";

  private Candidates() {}

  /**
   * One candidate per different genotype, in the order of {@code labels}; equal genotypes become
   * one with all its origins.
   *
   * @throws InvalidSettingsException if a label names an epoch that was not trained
   */
  public static List<Candidate> of(SearchResult search, List<String> labels) {
    Map<Genotype, List<Candidate.Origin>> origins = new LinkedHashMap<>();
    for (String label : new LinkedHashSet<>(labels)) {
      EpochRecord record = epoch(search, label);
      origins
          .computeIfAbsent(record.genotype(), genotype -> new ArrayList<>())
          .add(new Candidate.Origin(label, record.epoch()));
    }
    List<Candidate> candidates = new ArrayList<>();
    origins.forEach(
        (genotype, from) -> candidates.add(new Candidate(from.get(0).label(), from, genotype)));
    return candidates;
  }

  private static EpochRecord epoch(SearchResult search, String label) {
    List<EpochRecord> epochs = search.epochs();
    int epoch =
        switch (label) {
          case "best-validation" -> search.bestEpoch();
          case "last" -> search.lastEpoch();
          default -> numbered(label);
        };
    if (epoch < 0 || epoch >= epochs.size()) {
      throw new InvalidSettingsException(
          List.of(
              new SettingProblem(
                  "retrain.candidates",
                  "names "
                      + label
                      + ", but the search has the epochs 0 to "
                      + (epochs.size() - 1))));
    }
    return epochs.get(epoch);
  }

  private static int numbered(String label) {
    try {
      return label.startsWith(NUMBERED) ? Integer.parseInt(label.substring(NUMBERED.length())) : -1;
    } catch (NumberFormatException e) {
      return -1; // more digits than any search has epochs
    }
  }
}
