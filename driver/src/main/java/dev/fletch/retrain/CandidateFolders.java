package dev.fletch.retrain;

import dev.fletch.retrain.RetrainResult.CandidateResult;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.search.SearchResult;
import dev.fletch.supernet.SupernetSpace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the folders below {@code retrain} hold, finished or not, whichever candidates the
 * configuration names by now.
 */
public final class CandidateFolders {
  private final RunFolder run;
  private final Supplier<SearchResult> search;
  private final List<String> labels;
  private final SupernetSpace space;
  private final long seed;

  /**
   * @param search asked only if a folder does not say itself what its candidate is
   * @param labels the configuration's candidates
   * @param space what random genotypes are drawn from
   * @param seed of the run, for random genotypes
   */
  public CandidateFolders(
      RunFolder run,
      Supplier<SearchResult> search,
      List<String> labels,
      SupernetSpace space,
      long seed) {
    this.run = run;
    this.search = search;
    this.labels = labels;
    this.space = space;
    this.seed = seed;
  }

  /** Whether there is anything to read. */
  public static boolean exist(RunFolder run) {
    return run.exists(TrainingFolders.ROOT);
  }

  /**
   * Reads all of them, in the order of their names; trainings by rising seed.
   *
   * @throws RunFolderException if a file cannot be understood, or nothing says what a folder's
   *     candidate is
   */
  public RetrainResult read() {
    return read(run, TrainingFolders.candidates(run), this::candidate);
  }

  /**
   * As {@link #read}, without the candidates of folders that do not say themselves what they are
   * about: for those who do not know the run's configuration.
   */
  static RetrainResult described(RunFolder run) {
    return read(
        run,
        TrainingFolders.candidates(run).stream()
            .filter(folder -> run.exists(CandidateFile.name(folder)))
            .toList(),
        folder -> CandidateFile.read(run, folder));
  }

  private static RetrainResult read(
      RunFolder run, List<String> folders, Function<String, Candidate> candidates) {
    TrainingFolders trainings = new TrainingFolders(run);
    List<CandidateResult> results = new ArrayList<>();
    for (String folder : folders) {
      Candidate candidate = candidates.apply(folder);
      results.add(new CandidateResult(candidate, trainings.outcomes(folder, candidate.genotype())));
    }
    return new RetrainResult(results);
  }

  /** By its file where there is one, otherwise by the folder's name, which is a label. */
  private Candidate candidate(String folder) {
    if (run.exists(CandidateFile.name(folder))) {
      return CandidateFile.read(run, folder);
    }
    Set<String> all = new LinkedHashSet<>(List.of(folder));
    all.addAll(labels);
    try {
      return Candidates.of(search, List.copyOf(all), space, seed, unused -> {}).stream()
          .filter(candidate -> candidate.id().equals(folder))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("the search ended before it"));
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(
          "%s/%s/%s: has no candidate.json, and the search has no epoch of that name (%s); remove the folder, or restore the file"
              .formatted(run.path(), TrainingFolders.ROOT, folder, e.getMessage()),
          e);
    }
  }
}
