package dev.fletch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
  @ParameterizedTest
  @CsvSource({"large", "tiny", "collapsed"})
  void isWellFormed(String sample) throws IOException {
    RunReport report =
        switch (sample) {
          case "large" -> Samples.large();
          case "tiny" -> Samples.tiny();
          default -> Samples.collapsed();
        };
    Path folder = Files.createDirectories(Path.of("target", "report-samples", sample));
    new ReportWriter(
            (name, content) -> {
              Path file = folder.resolve(name);
              Files.createDirectories(file.getParent());
              Files.write(file, content);
            })
        .write(report, "");
    String page = Files.readString(folder.resolve("report/index.html"), StandardCharsets.UTF_8);
    assertThat(page).contains("<h1>");
  }
}
