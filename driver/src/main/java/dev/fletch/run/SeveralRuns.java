package dev.fletch.run;

import dev.fletch.config.RunConfig;
import dev.fletch.data.DataSettings;
import dev.fletch.report.ComparisonWriter;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.RunLine;
import dev.fletch.runfolder.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** One report over several runs, on the same data or not. */
public final class SeveralRuns {
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
    List<RunLine> lines = new ArrayList<>();
    for (RunConfig config : runs) {
      RunFolder run = RunFolder.open(config.output(), hadoop);
      lines.add(RunLine.of(run.path(), name(config.data()), RunReports.read(run, config)));
    }
    try {
      new ComparisonWriter(folder::writeBytes).write(new RunComparison(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder.path();
  }

  /** The last part of its path: what people call it. */
  static String name(DataSettings data) {
    String path = data.path().replaceAll("/+$", "");
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
    return name.isEmpty() ? data.format().text() : name;
  }
}
