package dev.fletch.retrain;

import dev.fletch.architecture.Architecture;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.Round;
import dev.fletch.search.SearchResult;
import dev.fletch.settings.InvalidSettingsException;
import dev.fletch.settings.SettingProblem;
import dev.fletch.supernet.SupernetSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/** Finds the candidates that the labels of {@code retrain.candidates} stand for. */
public final class Candidates {
  private final Supplier<SearchResult> search;
  private final SupernetSpace space;
  private final long seed;
  private final TakenCandidates taken;
  private final Consumer<String> say;
  private final Map<Architecture, Set<Origin>> origins = new LinkedHashMap<>();

  private Candidates(
      Supplier<SearchResult> search,
      SupernetSpace space,
      long seed,
      TakenCandidates taken,
      Consumer<String> say) {
    this.taken = taken;
    this.search = search;
    this.space = space;
    this.seed = seed;
    this.say = say;
  }

  /**
   * One candidate per different network, in the order of {@code labels}; genotypes of the same
   * network become one candidate with all their origins.
   *
   * @param search asked only if a label means one of its epochs
   * @param space what random genotypes are drawn from
   * @param seed of the run, for random genotypes
   * @param say takes a line about each label whose epoch a rule kept the search from reaching
   * @throws InvalidSettingsException if a label names an epoch that was not trained, or no label's
   *     epoch was reached
   */
  public static List<Candidate> of(
      Supplier<SearchResult> search,
      List<String> labels,
      SupernetSpace space,
      long seed,
      Consumer<String> say) {
    return of(
        search,
        labels,
        space,
        seed,
        new TakenCandidates(HeldCandidates.NONE, new Configuration()),
        say);
  }

  /**
   * As above, with candidates of other runs.
   *
   * @param taken what labels of other runs and of files stand for
   */
  public static List<Candidate> of(
      Supplier<SearchResult> search,
      List<String> labels,
      SupernetSpace space,
      long seed,
      TakenCandidates taken,
      Consumer<String> say) {
    Candidates candidates = new Candidates(search, space, seed, taken, say);
    labels.forEach(candidates::add);
    if (candidates.origins.isEmpty()) {
      throw refused(
          "names only %ss after the search's early end, which came after %s"
                  .formatted(round(search.get()).noun(), lastRound(search.get()))
              + ": add last or before-collapse");
    }
    return candidates.distinct();
  }

  private void add(String label) {
    CandidateLabel parsed = CandidateLabel.parse(label);
    if (parsed.epoch().isPresent() && isBeyondEarlyEnd(parsed.epoch().getAsInt())) {
      say.accept(
          "candidate %s is left out: the search ended early, after %s"
              .formatted(label, lastRound(search.get())));
      return;
    }
    if (parsed instanceof CandidateLabel.BestValidation) {
      addEpoch(label, search.get().bestEpoch());
    } else if (parsed instanceof CandidateLabel.Last) {
      addEpoch(label, search.get().lastEpoch());
    } else if (parsed instanceof CandidateLabel.BeforeCollapse) {
      addEpoch(label, search.get().epochBeforeCollapse());
    } else if (parsed instanceof CandidateLabel.Epoch epoch) {
      addEpoch(label, epoch.number());
    } else if (parsed instanceof CandidateLabel.Lambda
        || parsed instanceof CandidateLabel.Lambdas) {
      LambdaPoints.of(label, parsed, search.get())
          .forEach((origin, genotype) -> add(genotype, origin));
    } else if (parsed instanceof CandidateLabel.Changes) {
      addChanges();
    } else if (parsed instanceof CandidateLabel.Drawn drawn) {
      add(space.random(seed, drawn.number()), Origin.elsewhere(label));
    } else if (parsed instanceof CandidateLabel.Elsewhere elsewhere) {
      Candidate found = taken.take(label, elsewhere, this::isTaken, say);
      found.origins().forEach(origin -> add(found.genotype(), origin));
    } else if (parsed instanceof CandidateLabel.Given given) {
      add(given.genotype(), Origin.elsewhere(given.name()));
    }
  }

  private boolean isTaken(String id) {
    return origins.values().stream()
        .flatMap(Set::stream)
        .anyMatch(origin -> origin.label().equals(id));
  }

  /** Epochs that were asked for in vain because a rule ended the search are no mistake. */
  private boolean isBeyondEarlyEnd(int epoch) {
    SearchResult result = search.get();
    return result.endedEarly() && epoch > result.lastEpoch();
  }

  private void addEpoch(String label, int epoch) {
    EpochRecord record = record(label, epoch, search.get());
    add(record.genotype(), Origin.ofEpoch(label, epoch));
  }

  /**
   * @throws InvalidSettingsException if it was not trained
   */
  static EpochRecord record(String label, int epoch, SearchResult search) {
    List<EpochRecord> epochs = search.epochs();
    if (epoch < 0 || epoch >= epochs.size()) {
      throw refused(
          "names %s, but the search has the %ss 0 to %d"
              .formatted(label, round(search).noun(), epochs.size() - 1));
    }
    return epochs.get(epoch);
  }

  private static Round round(SearchResult search) {
    return search.epochs().get(0).round();
  }

  private static String lastRound(SearchResult search) {
    return round(search).numbered(search.lastEpoch());
  }

  static InvalidSettingsException refused(String rule) {
    return new InvalidSettingsException(List.of(new SettingProblem("retrain.candidates", rule)));
  }

  private void addChanges() {
    Architecture before = null;
    for (EpochRecord record : search.get().epochs()) {
      if (before == null || !record.genotype().describesSameNetworkAs(before)) {
        addEpoch("epoch-" + record.epoch(), record.epoch());
      }
      before = record.genotype();
    }
  }

  private void add(Architecture genotype, Origin origin) {
    Architecture known =
        origins.keySet().stream()
            .filter(genotype::describesSameNetworkAs)
            .findFirst()
            .orElse(genotype);
    origins.computeIfAbsent(known, unused -> new LinkedHashSet<>()).add(origin);
  }

  private List<Candidate> distinct() {
    List<Candidate> candidates = new ArrayList<>();
    origins.forEach(
        (genotype, from) -> {
          List<Origin> all = List.copyOf(from);
          candidates.add(new Candidate(all.get(0).label(), all, genotype));
        });
    return candidates;
  }
}
