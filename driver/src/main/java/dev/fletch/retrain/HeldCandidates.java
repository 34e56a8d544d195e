package dev.fletch.retrain;

import dev.fletch.architecture.Architecture;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.CandidateLabel.Elsewhere;
import dev.fletch.runfolder.Manifest;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The candidates that a run folder describes by now. What a run has once taken from elsewhere stays
 * what it was, and a network that it has trained stays one candidate, whatever names it gets.
 */
public final class HeldCandidates {
  /** Of a run that has not begun. */
  public static final HeldCandidates NONE = new HeldCandidates(Map.of());

  private final Map<String, Candidate> byFolder;

  private HeldCandidates(Map<String, Candidate> byFolder) {
    this.byFolder = byFolder;
  }

  /**
   * A structure of those, by one of its names.
   *
   * @param folder its name below {@code retrain}
   */
  record Named(String folder, Architecture genotype, Origin origin) {}

  /**
   * @param say takes a line about each description that cannot be understood: it is written anew
   * @throws RunFolderRefusedException if a newer Fletch wrote one
   */
  public static HeldCandidates of(RunFolder run, Consumer<String> say) {
    Map<String, Candidate> byFolder = new LinkedHashMap<>();
    for (String folder : TrainingFolders.candidates(run)) {
      if (run.exists(CandidateFile.name(folder))) {
        try {
          byFolder.put(folder, CandidateFile.read(run, folder));
        } catch (RunFolderRefusedException e) {
          throw e;
        } catch (RunFolderException e) {
          say.accept(e.getMessage());
        }
      }
    }
    return new HeldCandidates(byFolder);
  }

  /** Of the run at {@code output}, if there is one. */
  public static HeldCandidates at(String output, Configuration hadoop, Consumer<String> say) {
    RunFolder run;
    try {
      run = RunFolder.open(output, hadoop);
    } catch (RunFolderRefusedException e) {
      return NONE; // there is no run yet, which is for others to judge
    }
    return of(run, say);
  }

  /**
   * What was taken by that label, whether or not its place has changed since.
   *
   * @param id what it is called where an older Fletch took it, which did not note the label
   */
  Optional<Named> taken(Elsewhere label, String id, Configuration hadoop) {
    return first(origin -> origin.taken().filter(taken -> taken.named().equals(label)).isPresent())
        .or(() -> first(origin -> origin.taken().isEmpty() && origin.label().equals(id)))
        .or(() -> moved(label, begun(label, hadoop)));
  }

  private Optional<Named> moved(Elsewhere label, String begun) {
    return begun.isEmpty()
        ? Optional.empty()
        : first(
            origin ->
                origin
                    .taken()
                    .filter(taken -> taken.begun().equals(begun))
                    .filter(taken -> taken.named().candidate().equals(label.candidate()))
                    .isPresent());
  }

  /** When the run began that {@code label} names; empty if there is none, or it does not say. */
  static String begun(Elsewhere label, Configuration hadoop) {
    if (label.candidate().isEmpty()) {
      return "";
    }
    try {
      RunFolder run = RunFolder.open(label.place(), hadoop);
      return run.exists(RunFolder.MANIFEST) ? Manifest.read(run).started().toString() : "";
    } catch (RunFolderException e) {
      return ""; // who needs the run itself will say what is wrong with it
    }
  }

  /** Whether a candidate, or one of its names, is called so. */
  boolean isTaken(String id) {
    return byFolder.containsKey(id) || first(origin -> origin.label().equals(id)).isPresent();
  }

  private Optional<Named> first(Predicate<Origin> which) {
    return byFolder.entrySet().stream()
        .flatMap(
            held ->
                held.getValue().origins().stream()
                    .filter(which)
                    .map(origin -> new Named(held.getKey(), held.getValue().genotype(), origin)))
        .findFirst();
  }

  /**
   * The same candidates, each under the name that the run has trained its network by: with the
   * settings of the newest retraining, else with others if the name is the same. Names that it had
   * are kept.
   *
   * @param run where these are held
   */
  public List<Candidate> settled(List<Candidate> candidates, RunFolder run) {
    TrainingFolders trainings = new TrainingFolders(run);
    Map<String, Candidate> named = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      candidate.origins().forEach(origin -> named.putIfAbsent(origin.label(), candidate));
    }
    List<Candidate> settled = new ArrayList<>();
    for (Candidate candidate : candidates) {
      settled.add(
          folder(candidate, named, trainings)
              .map(folder -> joined(folder, candidate, named))
              .orElse(candidate));
    }
    return settled;
  }

  private Optional<String> folder(
      Candidate candidate, Map<String, Candidate> named, TrainingFolders trainings) {
    List<String> same =
        Stream.concat(Stream.of(candidate.id()), byFolder.keySet().stream())
            .distinct()
            .filter(byFolder::containsKey)
            .filter(folder -> named.getOrDefault(folder, candidate).equals(candidate))
            .filter(
                folder ->
                    byFolder.get(folder).genotype().describesSameNetworkAs(candidate.genotype()))
            .toList();
    return same.stream()
        .filter(folder -> isTrained(folder, trainings))
        .findFirst()
        .or(() -> same.stream().filter(candidate.id()::equals).findFirst());
  }

  private boolean isTrained(String folder, TrainingFolders trainings) {
    return trainings.outcomes(folder, byFolder.get(folder).genotype()).stream()
        .anyMatch(
            outcome ->
                !(outcome instanceof Outcome.OtherSettings
                    || outcome instanceof Outcome.Unfinished));
  }

  private Candidate joined(String folder, Candidate candidate, Map<String, Candidate> named) {
    Candidate held = byFolder.get(folder);
    Map<String, Origin> origins = new LinkedHashMap<>();
    held.origins().stream()
        .filter(origin -> named.getOrDefault(origin.label(), candidate).equals(candidate))
        .forEach(origin -> origins.put(origin.label(), origin));
    candidate.origins().forEach(origin -> origins.put(origin.label(), origin));
    return new Candidate(folder, List.copyOf(origins.values()), held.genotype());
  }
}
