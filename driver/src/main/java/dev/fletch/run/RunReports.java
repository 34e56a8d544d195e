package dev.fletch.run;

import dev.fletch.config.RunConfig;
import dev.fletch.report.RunReportReader;
import dev.fletch.report.model.RunReport;
import dev.fletch.runfolder.RunFolder;

/** What a run folder and its configuration say together. */
final class RunReports {
  private RunReports() {}

  /**
   * Reads the folder of a run, finished or not.
   *
   * @param config what the run was started with
   * @throws dev.fletch.runfolder.RunFolderException if a file cannot be understood
   */
  static RunReport read(RunFolder run, RunConfig config) {
    return new RunReportReader(run, config.name(), config.searchPlan(), config.retrain()).read();
  }
}
