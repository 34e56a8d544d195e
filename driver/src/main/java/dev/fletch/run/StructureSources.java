package dev.fletch.run;

import dev.fletch.config.ConfigException;
import dev.fletch.config.RunConfig;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunLine;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.StructureSource;
import dev.fletch.retrain.CandidateLabel.Elsewhere;
import dev.fletch.retrain.ForeignCandidates;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.search.EpochRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** In which run, and by which method, the structures were found that a run took from others. */
final class StructureSources {
  private final Map<String, String> movedTo = new HashMap<>();
  private final DataNames data;
  private final Configuration hadoop;

  /**
   * @param compared runs that are looked at as well where one does not lie any more where a
   *     configuration says, by the names of their folders
   * @param data what their data are called
   */
  StructureSources(List<RunConfig> compared, DataNames data, Configuration hadoop) {
    this.data = data;
    this.hadoop = hadoop;
    compared.forEach(config -> movedTo.put(new Path(config.output()).getName(), config.output()));
  }

  /** By the ids of the candidates that come from other runs. */
  Map<String, StructureSource> of(RunConfig config, RunReport report) {
    return of(config, report, Set.of());
  }

  /**
   * @param asked runs whose candidates are being looked for: a folder that has been written over
   *     may name itself
   */
  private Map<String, StructureSource> of(RunConfig config, RunReport report, Set<String> asked) {
    Map<String, StructureSource> sources = new LinkedHashMap<>();
    ForeignCandidates.ids(config.retrain().candidates())
        .forEach(
            (id, label) -> {
              if (!label.candidate().isEmpty()) {
                report.candidates().stream()
                    .filter(c -> c.origins().stream().anyMatch(o -> o.label().equals(id)))
                    .findFirst()
                    .ifPresent(c -> sources.putIfAbsent(c.id(), source(label, c, asked)));
              }
            });
    return sources;
  }

  private StructureSource source(Elsewhere label, CandidateReport candidate, Set<String> asked) {
    String name = new Path(label.place()).getName();
    StructureSource unread = StructureSource.unread(label.place(), name, label.candidate());
    for (String place : List.of(label.place(), movedTo.getOrDefault(name, ""))) {
      if (!place.isEmpty() && !asked.contains(place)) {
        Set<String> now = new HashSet<>(asked);
        now.add(place);
        try {
          return found(RunFolder.open(place, hadoop), label, candidate, now);
        } catch (RunFolderException | ConfigException e) {
          // The comparison needs no run but those it was given: it says what the label says.
          continue;
        }
      }
    }
    return unread;
  }

  /** By the structure itself: what is the best of a run may have changed since it was taken. */
  private StructureSource found(
      RunFolder run, Elsewhere label, CandidateReport candidate, Set<String> asked) {
    RunConfig config = SameExperiment.begun(run);
    RunReport report = RunReports.read(run, config);
    Map<String, StructureSource> older = of(config, report, asked);
    Optional<CandidateReport> same =
        report.candidates().stream()
            .filter(c -> c.genotype().describesSameNetworkAs(candidate.genotype()))
            .findFirst();
    if (same.isPresent() && older.containsKey(same.get().id())) {
      return older.get(same.get().id());
    }
    Optional<EpochRecord> epoch =
        report.search().epochs().stream()
            .filter(e -> e.genotype().describesSameNetworkAs(candidate.genotype()))
            .findFirst();
    String method =
        same.map(c -> RunLine.method(c, report, older))
            .orElse(epoch.isPresent() ? report.search().method() : "");
    return new StructureSource(
        run.path(),
        report.run().name(),
        data.of(run, config),
        method,
        same.map(CandidateReport::id)
            .or(() -> epoch.map(e -> e.round().numbered(e.epoch())))
            .orElse(label.candidate()),
        report.search().result().isPresent() ? report.search().seconds() : Double.NaN,
        SeveralRuns.experiment(config, data.identity(run, config)));
  }
}
