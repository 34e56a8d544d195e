package dev.fletch.retrain;

import dev.fletch.architecture.Architecture;
import dev.fletch.gradient.Metric;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.RetrainResult.CandidateResult;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.search.Round;
import dev.fletch.search.SearchResult;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds architectures in other runs and in files, to be trained on the data of this run. A run is
 * asked for its trained candidates first, then for its search.
 */
public final class ForeignCandidates {
  private static final String BEST = "best";
  private static final String BEST_VALIDATION = "best-validation";

  private ForeignCandidates() {}

  /**
   * The candidate that {@code label} stands for, with an id made of the run's or the file's name.
   *
   * @throws RunFolderRefusedException if there is no such run, no such candidate in it, or no such
   *     file, or the file holds no architecture
   * @throws RunFolderException if a file of the run cannot be understood
   */
  public static Candidate read(CandidateLabel.Elsewhere label, Configuration hadoop) {
    return read(label, hadoop, unused -> {});
  }

  /**
   * The same.
   *
   * @param say takes a line about each result of that run that is left out in looking for its best
   */
  static Candidate read(
      CandidateLabel.Elsewhere label, Configuration hadoop, Consumer<String> say) {
    Architecture genotype =
        label.candidate().isEmpty()
            ? ofFile(label.place(), hadoop)
            : ofRun(run(label, hadoop), label, say);
    String id = id(label);
    return new Candidate(id, List.of(Origin.elsewhere(id)), genotype);
  }

  static String id(CandidateLabel.Elsewhere label) {
    String place = new Path(label.place()).getName();
    String name =
        label.candidate().isEmpty()
            ? place.replaceAll("\\.json$", "")
            : place + "-" + label.candidate();
    return "from-" + name.replaceAll("[^A-Za-z0-9._-]", "-");
  }

  /**
   * What the candidates of other runs are called in a run: runs of one name may lie in different
   * folders, and each of their candidates needs an id of its own.
   *
   * @param labels the run's, in order
   */
  public static Map<String, CandidateLabel.Elsewhere> ids(List<String> labels) {
    Map<String, CandidateLabel.Elsewhere> ids = new LinkedHashMap<>();
    for (String label : labels) {
      if (CandidateLabel.parse(label) instanceof CandidateLabel.Elsewhere elsewhere) {
        ids.put(free(id(elsewhere), ids::containsKey), elsewhere);
      }
    }
    return ids;
  }

  /** {@code id} if nothing is called so, else with the first number behind it that is free. */
  static String free(String id, Predicate<String> isTaken) {
    String free = id;
    for (int number = 2; isTaken.test(free); number++) {
      free = id + "-" + number;
    }
    return free;
  }

  private static RunFolder run(CandidateLabel.Elsewhere label, Configuration hadoop) {
    try {
      return RunFolder.open(label.place(), hadoop);
    } catch (RunFolderRefusedException e) {
      String whole = label.place() + "/" + label.candidate();
      if (RunFolder.isRun(whole, hadoop)) {
        throw new RunFolderRefusedException(
            "candidate %1$s%2$s: names a run and none of its candidates: write %1$s%2$s/best, or another candidate of it"
                .formatted(CandidateLabel.RUN, whole));
      }
      throw e;
    }
  }

  private static Architecture ofRun(
      RunFolder run, CandidateLabel.Elsewhere label, Consumer<String> say) {
    String name = label.candidate();
    List<CandidateResult> candidates = CandidateFolders.described(run).candidates();
    if (name.equals(BEST)) {
      sayLeftOut(label, candidates, say);
      return best(run, candidates);
    }
    for (CandidateResult result : candidates) {
      if (result.candidate().id().equals(name)
          || result.candidate().origins().stream().anyMatch(o -> o.label().equals(name))) {
        return result.candidate().genotype();
      }
    }
    return ofSearch(run, name).orElseThrow(() -> none(run, name, candidates));
  }

  private static void sayLeftOut(
      CandidateLabel.Elsewhere label, List<CandidateResult> candidates, Consumer<String> say) {
    for (CandidateResult result : candidates) {
      for (Outcome outcome : result.outcomes()) {
        if (outcome instanceof Outcome.OtherSettings) {
          say.accept(
              "candidate %s%s/%s: %s, seed %d, is left out there: %s"
                  .formatted(
                      CandidateLabel.RUN,
                      label.place(),
                      label.candidate(),
                      outcome.candidate(),
                      outcome.seed(),
                      outcome.reason()));
        }
      }
    }
  }

  /** Of mean test figures; where nothing has been trained, of the search's validation figures. */
  private static Architecture best(RunFolder run, List<CandidateResult> candidates) {
    List<CandidateResult> trained =
        candidates.stream().filter(result -> !result.trained().isEmpty()).toList();
    if (trained.isEmpty()) {
      return ofSearch(run, BEST_VALIDATION).orElseThrow(() -> none(run, BEST, candidates));
    }
    CandidateResult best = trained.get(0);
    Metric metric = best.trained().get(0).metric();
    for (CandidateResult result : trained) {
      if (metric.isBetter(result.testFigureMean(), best.testFigureMean())) {
        best = result;
      }
    }
    return best.candidate().genotype();
  }

  /**
   * An epoch of the run's search.
   *
   * @return empty if nothing was searched there, or {@code name} is no epoch's
   * @throws RunFolderRefusedException if the search has not come to that epoch
   */
  private static Optional<Architecture> ofSearch(RunFolder run, String name) {
    Optional<CandidateLabel> label = label(name);
    if (label.isEmpty() || !run.exists(SearchResult.EPOCHS_FILE)) {
      return Optional.empty();
    }
    SearchResult search = SearchResult.readSoFar(run);
    Optional<Integer> epoch = Optional.empty();
    if (label.get() instanceof CandidateLabel.BestValidation) {
      epoch = Optional.of(search.bestEpoch());
    } else if (label.get() instanceof CandidateLabel.Last) {
      epoch = Optional.of(search.lastEpoch());
    } else if (label.get() instanceof CandidateLabel.BeforeCollapse) {
      epoch = Optional.of(search.epochBeforeCollapse());
    } else if (label.get() instanceof CandidateLabel.Epoch numbered) {
      epoch = Optional.of(numbered.number());
    }
    return epoch.map(number -> epoch(run, search, number));
  }

  /** What {@code name} means in a configuration; empty for the name of a candidate. */
  private static Optional<CandidateLabel> label(String name) {
    try {
      return Optional.of(CandidateLabel.parse(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Architecture epoch(RunFolder run, SearchResult search, int epoch) {
    if (epoch > search.lastEpoch()) {
      Round round = search.epochs().get(0).round();
      throw new RunFolderRefusedException(
          "run folder %s: has no %s: its search has the %ss 0 to %d"
              .formatted(run.path(), round.numbered(epoch), round.noun(), search.lastEpoch()));
    }
    return search.epochs().get(epoch).genotype();
  }

  private static RunFolderRefusedException none(
      RunFolder run, String name, List<CandidateResult> candidates) {
    List<String> known =
        new ArrayList<>(candidates.stream().map(result -> result.candidate().id()).toList());
    if (run.exists(SearchResult.EPOCHS_FILE)) {
      known.addAll(List.of(BEST_VALIDATION, "last", "epoch-N"));
    }
    return new RunFolderRefusedException(
        "run folder %s: has no candidate %s: %s"
            .formatted(
                run.path(),
                name,
                known.isEmpty()
                    ? "nothing has been searched or retrained there yet"
                    : "take one of " + String.join(", ", known.stream().distinct().toList())));
  }

  private static Architecture ofFile(String place, Configuration hadoop) {
    Path path = new Path(place);
    try (InputStream file = path.getFileSystem(hadoop).open(path)) {
      return Architecture.readDocument(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      throw new RunFolderRefusedException(
          "%s: there is no such file of a genome or genotype: check the path".formatted(place));
    } catch (IOException e) {
      throw new RunFolderException(place + ": cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new RunFolderRefusedException(
          "%s: holds no genome and no genotype (%s): give the JSON of one"
              .formatted(place, e.getMessage()));
    }
  }
}
