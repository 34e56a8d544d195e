package dev.fletch.report;

import java.io.IOException;

/**
 * Where finished report files go; the run folder writes each to a temporary name and renames it.
 */
@FunctionalInterface
public interface ReportFiles {
  /**
   * Writes one whole file.
   *
   * @param relativePath inside the run folder, for example {@code report/report.json}
   */
  void write(String relativePath, byte[] content) throws IOException;
}
