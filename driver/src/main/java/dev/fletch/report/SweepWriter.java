package dev.fletch.report;

import dev.fletch.report.model.SweepReport;
import dev.fletch.report.page.SweepPage;
import dev.fletch.report.table.SweepCsv;
import dev.fletch.report.table.SweepJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code report/sweep.json}, {@code report/leaderboard.csv} and {@code report/index.html} of
 * a sweep.
 */
public final class SweepWriter {
  private final ReportFiles files;

  public SweepWriter(ReportFiles files) {
    this.files = files;
  }

  /** Writes all three files; those of an earlier report are replaced. */
  public void write(SweepReport report) throws IOException {
    write("sweep.json", SweepJson.text(report));
    write("leaderboard.csv", SweepCsv.text(report));
    write("index.html", SweepPage.text(report));
  }

  private void write(String name, String text) throws IOException {
    files.write("report/" + name, text.getBytes(StandardCharsets.UTF_8));
  }
}
