package dev.fletch.run;

import dev.fletch.config.RunConfig;
import dev.fletch.data.DataSettings;
import dev.fletch.report.ComparisonWriter;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.RunLine;
import dev.fletch.report.model.RunReport;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** One report over several runs, on the same data or not. */
public final class SeveralRuns {
  private static final Set<String> OF_ONE_RUN = Set.of("seed", "retrain.candidates");

  private SeveralRuns() {}

  /**
   * Reads all runs, then writes the report; the runs stay as they are.
   *
   * @param runs configurations whose outputs hold the runs
   * @param output a folder that holds no run; made if there is none
   * @return where the report lies
   * @throws dev.fletch.runfolder.RunFolderException if a folder is no run, or cannot be understood
   */
  public static String report(List<RunConfig> runs, String output, Configuration hadoop) {
    RunFolder folder = RunFolder.besideRuns(output, hadoop);
    StructureSources sources = new StructureSources(runs, hadoop);
    List<RunLine> lines = new ArrayList<>();
    for (RunConfig config : runs) {
      RunFolder run = RunFolder.open(config.output(), hadoop);
      RunReport report = RunReports.read(run, config);
      lines.addAll(
          RunLine.of(
              run.path(),
              name(config.data()),
              report,
              sources.of(config, report),
              experiment(config)));
    }
    try {
      new ComparisonWriter(folder::writeBytes).write(new RunComparison(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder.path();
  }

  /**
   * The same for runs that differ in their seed alone, in what they are called and where they lie.
   * Which candidates they train is said of each candidate.
   */
  static String experiment(RunConfig config) {
    Map<String, String> keys = new TreeMap<>(config.resolved());
    keys.keySet().removeAll(OF_ONE_RUN);
    keys.keySet().removeAll(ResultKeys.WITHOUT_INFLUENCE);
    return keys.toString();
  }

  /** The last part of its path: what people call it. */
  static String name(DataSettings data) {
    String path = data.path().replaceAll("/+$", "");
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
    return name.isEmpty() ? data.format().text() : name;
  }
}
