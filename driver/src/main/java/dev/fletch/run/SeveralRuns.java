package dev.fletch.run;

import dev.fletch.config.RunConfig;
import dev.fletch.report.ComparisonWriter;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.RunLine;
import dev.fletch.report.model.RunReport;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** One report over several runs, on the same data or not. */
public final class SeveralRuns {
  private static final Set<String> OF_ONE_RUN =
      Set.of("seed", "retrain.seeds", "retrain.candidates");

  /** What a search measures beside. */
  private static final Set<String> BESIDE = Set.of("search.watch.gap", "search.watch.temperatures");

  private SeveralRuns() {}

  /**
   * Reads all runs, then writes the report; the runs stay as they are.
   *
   * @param runs configurations whose outputs hold the runs
   * @param say takes a line about each run that another took a structure from, and that cannot be
   *     read
   * @param output a folder that holds no run; made if there is none
   * @return where the report lies
   * @throws dev.fletch.runfolder.RunFolderException if a folder is no run, or cannot be understood
   */
  public static String report(
      List<RunConfig> runs, String output, Configuration hadoop, Consumer<String> say) {
    RunFolder folder = RunFolder.besideRuns(output, hadoop);
    Map<RunFolder, RunConfig> folders = new LinkedHashMap<>();
    runs.forEach(config -> folders.put(RunFolder.open(config.output(), hadoop), config));
    DataNames data = new DataNames(folders);
    StructureSources sources = new StructureSources(runs, data, hadoop, say);
    List<RunLine> lines = new ArrayList<>();
    folders.forEach(
        (run, config) -> {
          RunReport report = RunReports.read(run, config);
          lines.addAll(
              RunLine.of(
                  run.path(),
                  data.of(run, config),
                  report,
                  sources.of(config, report),
                  experiment(config, data.identity(run, config))));
        });
    try {
      new ComparisonWriter(folder::writeBytes).write(new RunComparison(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder.path();
  }

  /**
   * The same for runs that differ in their seeds alone, in what they are called, where they and
   * their data lie, and how fast they go. Which candidates they train is said of each candidate.
   *
   * @param data the same for the same examples
   */
  static String experiment(RunConfig config, String data) {
    Map<String, String> keys = new TreeMap<>(config.resolved());
    keys.keySet().removeAll(OF_ONE_RUN);
    keys.keySet().removeAll(ResultKeys.WITHOUT_INFLUENCE);
    keys.keySet().removeAll(BESIDE);
    keys.keySet().removeAll(SameExperiment.PLACES);
    return ResultKeys.of(keys).with("examples", data).digest();
  }
}
