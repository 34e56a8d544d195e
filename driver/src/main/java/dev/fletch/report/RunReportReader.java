package dev.fletch.report;

import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.GenerationCost;
import dev.fletch.report.model.PopulationReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.RunReport.Run;
import dev.fletch.report.model.SearchReport;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.retrain.CandidateFolders;
import dev.fletch.retrain.RetrainResult.CandidateResult;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.retrain.TrainingEpoch;
import dev.fletch.runfolder.Manifest;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.search.AlphaFile;
import dev.fletch.search.PlannedSearch;
import dev.fletch.search.PopulationFile;
import dev.fletch.search.SearchResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a {@link RunReport} of a run folder. Each file is read by the code that writes it. What
 * comes later (the search's end, the retraining) may be missing, so an unfinished run can be
 * reported too.
 */
public final class RunReportReader {
  private final RunFolder run;
  private final String name;
  private final PlannedSearch plan;
  private final RetrainSettings retrain;

  /**
   * @param name of the run
   * @param plan of its search
   * @param retrain of its retraining
   */
  public RunReportReader(RunFolder run, String name, PlannedSearch plan, RetrainSettings retrain) {
    this.run = run;
    this.name = name;
    this.plan = plan;
    this.retrain = retrain;
  }

  /**
   * Reads the whole folder; changes nothing.
   *
   * @throws RunFolderRefusedException if the folder holds neither a search nor a retraining
   * @throws RunFolderException if a file cannot be understood; the message names it
   */
  public RunReport read() {
    boolean isSearched = run.exists(SearchResult.EPOCHS_FILE);
    if (!isSearched && !CandidateFolders.exist(run)) {
      throw new RunFolderRefusedException(
          "run folder %s: it has neither %s nor retrain; give the output folder of a run"
              .formatted(run.path(), SearchResult.EPOCHS_FILE));
    }
    Optional<Manifest> manifest =
        run.exists(RunFolder.MANIFEST) ? Optional.of(Manifest.read(run)) : Optional.empty();
    Optional<SearchResult> search =
        isSearched ? Optional.of(SearchResult.read(run, plan)) : Optional.empty();
    RunReport report =
        new RunReport(
            new Run(name, plan.seed(), manifest.map(Manifest::command).orElse("")),
            new SearchReport(
                plan.settings().methodName(),
                plan.order(),
                plan.alphaL1(),
                plan.hasNormalCells(),
                search,
                AlphaFile.readAll(run)),
            candidates(search),
            manifest.map(RunReportReader::environment).orElse(Map.of()),
            retrain.protocol());
    return search.flatMap(this::population).map(report::with).orElse(report);
  }

  /** The generations of a search by evolution. */
  private Optional<PopulationReport> population(SearchResult search) {
    List<GenerationCost> costs =
        search.epochs().stream()
            .flatMap(
                epoch ->
                    epoch.generation().stream()
                        .map(details -> new GenerationCost(details.trained(), epoch.seconds())))
            .toList();
    return costs.isEmpty()
        ? Optional.empty()
        : Optional.of(new PopulationReport(PopulationFile.readAll(run, costs.size()), costs));
  }

  private List<CandidateReport> candidates(Optional<SearchResult> search) {
    CandidateFolders folders =
        new CandidateFolders(
            run,
            () -> search.orElseGet(() -> SearchResult.read(run, plan)),
            retrain.candidates(),
            plan.supernet(),
            plan.seed());
    return folders.read().candidates().stream().map(this::candidate).toList();
  }

  private CandidateReport candidate(CandidateResult result) {
    return new CandidateReport(
        result.candidate(),
        result.outcomes().stream()
            .map(
                outcome ->
                    new TrainingReport(
                        outcome, TrainingEpoch.read(run, outcome.candidate(), outcome.seed())))
            .toList());
  }

  private static Map<String, String> environment(Manifest manifest) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("started", manifest.started().toString());
    environment.putAll(manifest.environment());
    manifest.dataChecksums().forEach((file, sum) -> environment.put("checksum " + file, sum));
    return environment;
  }
}
