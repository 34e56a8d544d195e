package dev.fletch.report;

import dev.fletch.report.model.RunComparison;
import dev.fletch.report.page.ComparisonPage;
import dev.fletch.report.table.ComparisonTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code index.html}, {@code comparison.csv} and {@code comparison.json} of several runs.
 */
public final class ComparisonWriter {
  private final ReportFiles files;

  public ComparisonWriter(ReportFiles files) {
    this.files = files;
  }

  /** Writes all three files; those of an earlier comparison are replaced. */
  public void write(RunComparison comparison) throws IOException {
    write("comparison.json", ComparisonTable.json(comparison));
    write("comparison.csv", ComparisonTable.csv(comparison));
    write("index.html", ComparisonPage.text(comparison));
  }

  private void write(String name, String text) throws IOException {
    files.write(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
