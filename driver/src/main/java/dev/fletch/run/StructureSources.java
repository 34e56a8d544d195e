package dev.fletch.run;

import dev.fletch.architecture.Architecture;
import dev.fletch.config.ConfigException;
import dev.fletch.config.RunConfig;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunLine;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.StructureSource;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.retrain.CandidateLabel.Elsewhere;
import dev.fletch.retrain.ForeignCandidates;
import dev.fletch.retrain.Taken;
import dev.fletch.retrain.Taken.FoundIn;
import dev.fletch.retrain.TakenCandidates;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.search.EpochRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * In which run, and by which method, the structures were found that a run took from others: as it
 * noted when it took them, or where it did not, as can be seen there now.
 */
final class StructureSources {
  private final Map<String, String> movedTo = new HashMap<>();
  private final DataNames data;
  private final Configuration hadoop;
  private final Consumer<String> say;

  /**
   * @param compared runs that are looked at as well where one does not lie any more where a
   *     configuration says, by the names of their folders
   * @param data what their data are called
   * @param say takes a line about each run that cannot be looked at
   */
  StructureSources(
      List<RunConfig> compared, DataNames data, Configuration hadoop, Consumer<String> say) {
    this.data = data;
    this.hadoop = hadoop;
    this.say = say;
    compared.forEach(config -> movedTo.put(new Path(config.output()).getName(), config.output()));
  }

  /** For a run that takes structures from others, to note where they were found. */
  static TakenCandidates.Finder finder(Configuration hadoop, Consumer<String> say) {
    StructureSources sources =
        new StructureSources(List.of(), new DataNames(Map.of()), hadoop, say);
    return (label, genotype) ->
        sources.look(label, genotype, Set.of()).filter(found -> !found.method().isEmpty());
  }

  /** By the ids of the candidates that come from other runs. */
  Map<String, StructureSource> of(RunConfig config, RunReport report) {
    Map<String, StructureSource> named = new LinkedHashMap<>();
    noted(config, report, Set.of()).forEach((id, found) -> named.put(id, named(found)));
    return named;
  }

  private StructureSource named(FoundIn found) {
    return new StructureSource(
        found.folder(),
        found.run(),
        found.examples().isEmpty() ? found.data() : data.of(found),
        found.method(),
        found.candidate(),
        found.searchSeconds(),
        found.experiment());
  }

  /**
   * What a run's own search found too, it has not from others.
   *
   * @param asked runs whose candidates are being looked for: a folder that has been written over
   *     may name itself
   */
  private Map<String, FoundIn> noted(RunConfig config, RunReport report, Set<String> asked) {
    Map<String, Elsewhere> labels = ForeignCandidates.ids(config.retrain().candidates());
    Map<String, FoundIn> sources = new LinkedHashMap<>();
    for (CandidateReport candidate : report.candidates()) {
      if (candidate.epoch().isEmpty()) {
        candidate.origins().stream()
            .map(origin -> found(origin, labels, candidate, asked))
            .flatMap(Optional::stream)
            .findFirst()
            .ifPresent(found -> sources.put(candidate.id(), found));
      }
    }
    return sources;
  }

  /**
   * @param labels of the run's configuration by ids, for origins of which nothing is noted
   */
  private Optional<FoundIn> found(
      Origin origin, Map<String, Elsewhere> labels, CandidateReport candidate, Set<String> asked) {
    Optional<FoundIn> noted = origin.taken().flatMap(Taken::found);
    if (noted.isPresent()) {
      return noted;
    }
    Elsewhere label = origin.taken().map(Taken::named).orElse(labels.get(origin.label()));
    return label == null || label.candidate().isEmpty()
        ? Optional.empty()
        : Optional.of(look(label, candidate.genotype(), asked).orElseGet(() -> unread(label)));
  }

  private static FoundIn unread(Elsewhere label) {
    String name = new Path(label.place()).getName();
    return new FoundIn(
        label.place(), name, "", "", "", label.candidate(), Double.NaN, label.place());
  }

  /** As can be seen now; empty for a file, and where the run cannot be read. */
  private Optional<FoundIn> look(Elsewhere label, Architecture genotype, Set<String> asked) {
    if (label.candidate().isEmpty()) {
      return Optional.empty();
    }
    String reason = "";
    String moved = movedTo.getOrDefault(new Path(label.place()).getName(), label.place());
    for (String place : new LinkedHashSet<>(List.of(label.place(), moved))) {
      if (!asked.contains(place)) {
        Set<String> now = new HashSet<>(asked);
        now.add(place);
        try {
          return Optional.of(in(RunFolder.open(place, hadoop), label, genotype, now));
        } catch (RunFolderException | ConfigException e) {
          reason = reason.isEmpty() ? e.getMessage() : reason;
        }
      }
    }
    if (!reason.isEmpty()) {
      say.accept(
          "candidate %s%s/%s: which method found it, and how long that took, is not known: %s"
              .formatted(CandidateLabel.RUN, label.place(), label.candidate(), reason));
    }
    return Optional.empty();
  }

  /** By the structure itself: what is the best of a run may have changed since it was taken. */
  private FoundIn in(RunFolder run, Elsewhere label, Architecture genotype, Set<String> asked) {
    RunConfig config = SameExperiment.begun(run);
    RunReport report = RunReports.read(run, config);
    Map<String, FoundIn> older = noted(config, report, asked);
    Optional<CandidateReport> same =
        report.candidates().stream()
            .filter(c -> c.genotype().describesSameNetworkAs(genotype))
            .findFirst();
    if (same.isPresent() && older.containsKey(same.get().id())) {
      return older.get(same.get().id());
    }
    Optional<EpochRecord> epoch =
        report.search().epochs().stream()
            .filter(e -> e.genotype().describesSameNetworkAs(genotype))
            .findFirst();
    String examples = data.identity(run, config);
    return new FoundIn(
        run.path(),
        report.run().name(),
        DataNames.plain(config),
        examples,
        same.map(c -> RunLine.method(c, report, Map.of()))
            .orElse(epoch.isPresent() ? report.search().method() : ""),
        same.map(CandidateReport::id)
            .or(() -> epoch.map(e -> e.round().numbered(e.epoch())))
            .orElse(label.candidate()),
        report.search().result().isPresent() ? report.search().seconds() : Double.NaN,
        SeveralRuns.experiment(config, examples));
  }
}
