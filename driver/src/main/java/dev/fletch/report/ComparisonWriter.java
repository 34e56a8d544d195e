package dev.fletch.report;

import dev.fletch.report.model.RunComparison;
import dev.fletch.report.page.ComparisonPage;
import dev.fletch.report.table.ComparisonCsv;
import dev.fletch.report.table.ComparisonJson;
import dev.fletch.report.table.ComparisonMarkdown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code index.html}, {@code comparison.md}, {@code table.csv}, {@code comparison.csv} and
 * {@code comparison.json} of several runs.
 */
public final class ComparisonWriter {
  private final ReportFiles files;

  public ComparisonWriter(ReportFiles files) {
    this.files = files;
  }

  /** Writes all files; those of an earlier comparison are replaced. */
  public void write(RunComparison comparison) throws IOException {
    write("comparison.json", ComparisonJson.text(comparison));
    write("comparison.csv", ComparisonCsv.runs(comparison));
    write("table.csv", ComparisonCsv.table(comparison));
    write("comparison.md", ComparisonMarkdown.text(comparison));
    write("index.html", ComparisonPage.text(comparison));
  }

  private void write(String name, String text) throws IOException {
    files.write(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
