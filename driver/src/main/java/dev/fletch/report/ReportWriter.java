package dev.fletch.report;

import dev.fletch.report.model.RunReport;
import dev.fletch.report.page.Page;
import dev.fletch.report.table.LeaderboardCsv;
import dev.fletch.report.table.ReportJson;
import dev.fletch.report.table.ResultParquet;
import dev.fletch.report.table.ResultTable;
import dev.fletch.report.table.TrainingCurves;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code report/}: {@code report.json}, {@code leaderboard.csv}, {@code results.csv} and
 * {@code results.parquet}, {@code metrics.jsonl}, {@code index.html}.
 */
public final class ReportWriter {
  /** In the run folder. */
  public static final String FOLDER = "report";

  private final ReportFiles files;

  public ReportWriter(ReportFiles files) {
    this.files = files;
  }

  /**
   * Writes all files; those of an earlier report are replaced.
   *
   * @param title heading of the page; when blank, the run's name
   */
  public void write(RunReport report, String title) throws IOException {
    String heading = title.isBlank() ? report.run().name() : title;
    write("report.json", ReportJson.text(report));
    write("leaderboard.csv", LeaderboardCsv.text(report.candidates(), report.metric()));
    write("results.csv", ResultTable.csv(report));
    files.write(FOLDER + "/results.parquet", ResultParquet.bytes(report));
    write("metrics.jsonl", TrainingCurves.lines(report));
    write("index.html", Page.text(report, heading));
  }

  private void write(String name, String text) throws IOException {
    files.write(FOLDER + "/" + name, text.getBytes(StandardCharsets.UTF_8));
  }
}
