package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.gradient.Metrics;
import dev.fletch.report.ComparisonWriter;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.RunLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {
  private static final RunComparison RUNS =
      new RunComparison(
          List.of(
              run("baseline", "mnist", 0.9894, 0.0005, Double.NaN),
              run("baseline", "sst2", 0.7817, 0.006, Double.NaN),
              run("neat", "mnist", 0.9914, 0.0004, 5400),
              run("neat", "mnist", 0.9910, Double.NaN, 5000),
              run("neat", "sst2", 0.7557, 0.008, 4100),
              run("darts", "mnist", 0.9913, 0.0003, 1800),
              run("darts", "sst2", Double.NaN, Double.NaN, 900)));

  private static RunLine run(
      String method, String data, double mean, double spread, double seconds) {
    boolean measured = !Double.isNaN(mean);
    return new RunLine(
        "file:/runs/" + method + "-" + data,
        method + "-" + data,
        data,
        method,
        measured ? "best-validation" : "",
        Metrics.DEFAULT,
        mean,
        spread,
        measured ? 3 : 0,
        measured ? 39_698 : 0,
        seconds,
        measured ? 312 : Double.NaN);
  }

  /** Also leaves the page in {@code target/report-samples}, to look at. */
  @Test
  void everyMethodHasARowAndEveryDataSetAColumn() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "report-samples", "comparison"));
    new ComparisonWriter((file, content) -> Files.write(folder.resolve(file), content)).write(RUNS);
    String page = Files.readString(folder.resolve("index.html"));
    String words = PageTest.words(page);

    assertThat(words)
        .contains("3 methods on 2 data sets")
        .contains("Method mnist sst2 baseline 98.94 % ± 0.05")
        .contains("neat 99.14 % ± 0.04 39.7 k · 1 h 30 min + 5 min 12 s · best of 2 runs 75.57 %")
        .contains("darts 99.13 % ± 0.03 39.7 k · 30 min 00 s + 5 min 12 s – – · 15 min 00 s + –")
        .doesNotContain("NaN");
    assertThat(page).contains("<b>99.14 %</b>", "<b>78.17 %</b>").doesNotContain("<b>98.94 %</b>");
    assertThat(page.split("<circle ", -1)).as("a dot for every run with a figure").hasSize(7);
  }

  @Test
  void aMethodMayHaveSeveralRunsAndTheBestComesFirst() {
    assertThat(RUNS.runs("neat", "mnist"))
        .extracting(RunLine::testFigureMean)
        .containsExactly(0.9914, 0.9910);
    assertThat(RUNS.runs("neat", "imdb")).isEmpty();
    assertThat(RUNS.best("sst2").orElseThrow().method()).isEqualTo("baseline");
    assertThatThrownBy(() -> new RunComparison(List.of()))
        .hasMessage("Invalid comparison: it must have a run");
  }
}
