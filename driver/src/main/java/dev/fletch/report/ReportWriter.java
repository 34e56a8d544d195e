package dev.fletch.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code report/report.json}, {@code report/leaderboard.csv} and {@code report/index.html}.
 */
public final class ReportWriter {
  private final ReportFiles files;

  public ReportWriter(ReportFiles files) {
    this.files = files;
  }

  /**
   * Writes all three files; those of an earlier report are replaced.
   *
   * @param title heading of the page; when blank, the run's name
   */
  public void write(RunReport report, String title) throws IOException {
    String heading = title.isBlank() ? report.run().name() : title;
    write("report.json", ReportJson.text(report));
    write("leaderboard.csv", LeaderboardCsv.text(report.candidates()));
    write("index.html", Page.text(report, heading));
  }

  private void write(String name, String text) throws IOException {
    files.write("report/" + name, text.getBytes(StandardCharsets.UTF_8));
  }
}
