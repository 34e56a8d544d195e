package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.gradient.Metrics;
import dev.fletch.report.ComparisonWriter;
import dev.fletch.report.model.MethodResult;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.RunCost;
import dev.fletch.report.model.RunLine;
import dev.fletch.report.model.StructureSource;
import dev.fletch.report.table.ComparisonMarkdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {
  private static final StructureSource SOURCE =
      new StructureSource(
          "file:/runs/neat-mnist", "neat-mnist", "mnist", "neat", "generation 7", 5400, "neat");
  private static final RunComparison RUNS =
      new RunComparison(
          List.of(
              run("neat", "mnist", 0.9914, 0.0004, 5400),
              run("neat", "mnist", 0.9910, Double.NaN, 5000),
              run("neat", "sst2", 0.7557, 0.008, 4100),
              run("baseline", "mnist", 0.9894, 0.0005, Double.NaN),
              run("baseline", "sst2", 0.7817, 0.006, Double.NaN),
              run("darts", "mnist", 0.9913, 0.0003, 1800),
              run("darts", "sst2", Double.NaN, Double.NaN, 900),
              transferred(SOURCE, "from-neat-mnist-best", "neat", 0.71),
              transferred(
                  StructureSource.unread("runs/gone", "gone", "best"),
                  "from-gone-best",
                  "from-gone-best",
                  0.70)));

  private static RunLine run(
      String method, String data, double mean, double spread, double seconds) {
    boolean measured = !Double.isNaN(mean);
    return new RunLine(
        "file:/runs/" + method + "-" + data + "-" + (int) (1e5 * mean),
        method + "-" + data,
        data,
        method,
        measured ? "best-validation" : "",
        Optional.empty(),
        Metrics.DEFAULT,
        mean,
        spread,
        measured ? 3 : 0,
        measured ? 1 : 0,
        new RunCost(
            measured ? 39_698 : 0, measured ? 5_340_000 : 0, seconds, measured ? 312 : Double.NaN),
        method,
        "with a mean of " + mean);
  }

  private static RunLine transferred(
      StructureSource source, String candidate, String method, double mean) {
    return new RunLine(
        "file:/runs/transfer",
        "transfer",
        "cifar10",
        method,
        candidate,
        Optional.of(source),
        Metrics.DEFAULT,
        mean,
        Double.NaN,
        1,
        1,
        new RunCost(41_000, 0, source.searchSeconds(), 60),
        "transfer " + source.experiment(),
        candidate);
  }

  private static String written(String file) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "report-samples", "comparison"));
    new ComparisonWriter((name, content) -> Files.write(folder.resolve(name), content)).write(RUNS);
    return Files.readString(folder.resolve(file));
  }

  /** Also leaves the page in {@code target/report-samples}, to look at. */
  @Test
  void everyDataSetHasARowAndEveryMethodAColumn() throws IOException {
    String page = written("index.html");
    String words = PageTest.words(page);

    assertThat(words)
        .contains("Fletch, 8 runs 4 methods on 3 data sets On mnist, darts is ahead with a test")
        .contains("On cifar10, neat (found on mnist) is ahead with a test accuracy of 71.00 %.")
        .contains("Data baseline neat darts from-gone-best mnist 98.94 % ± 0.05 39.7 k · 5.34 M")
        .contains("MAdds 3 seeds 99.12 % ± 0.03 39.7 k · 5.34 M MAdds 2 runs 99.13 % ± 0.03")
        .contains("sst2 78.17 % ± 0.60 ", "cifar10 71.00 % 41.0 k 1 seed found on mnist 70.00 %")
        .contains("from-neat-mnist-best from neat-mnist/generation 7 (neat on mnist) 71.00 % 1")
        .contains("from-gone-best from gone/best 70.00 % 1 41.0 k – – 1 min 00 s")
        .doesNotContain("NaN");
    assertThat(page)
        .contains("<b>99.13 %</b>", "<b>78.17 %</b>", "<b>71.00 %</b>")
        .doesNotContain("<b>98.94 %</b>", "<b>99.12 %</b>");
    assertThat(page)
        .as("words that are not broken, however narrow the page")
        .contains("<td class='words'>mnist</td><td class='words'>baseline</td>");
    assertThat(page.split("<circle ", -1)).as("a dot for every line with a figure").hasSize(9);
  }

  @Test
  void theTableOfAPaperIsThereAsMarkdown() throws IOException {
    assertThat(written("comparison.md").lines())
        .startsWith(
            "| data | baseline | neat | darts | from-gone-best |",
            "| --- | ---: | ---: | ---: | ---: |",
            "| mnist | 98.94 % ± 0.05 | 99.12 % ± 0.03 | **99.13 % ± 0.03** |  |",
            "| sst2 | **78.17 % ± 0.60** | 75.57 % ± 0.80 | – |  |",
            "| cifar10 |  | **71.00 %** |  | 70.00 % |")
        .contains(
            "| mnist | neat | this run | 99.12 % ± 0.03 | 2 runs | 39.7 k | 5.34 M | 1 h 26 min |"
                + " 5 min 12 s |",
            "| cifar10 | neat | neat-mnist/generation 7 (neat on mnist) | 71.00 % | 1 | 41.0 k | –"
                + " | 1 h 30 min | 1 min 00 s |");
  }

  @Test
  void andAsCsvOverSeeds() throws IOException {
    assertThat(written("table.csv").split("\r\n"))
        .startsWith(
            "data,method,foundOn,metric,testMean,testStd,seeds,runs,parameters,multiplyAdds,"
                + "searchSeconds,trainingSeconds,candidates",
            "mnist,baseline,,accuracy,0.9894,5.0E-4,3,1,39698,5340000,,312.0,1")
        .contains("sst2,darts,,accuracy,,,0,1,,,900.0,,0")
        .contains("cifar10,neat,mnist,accuracy,0.71,,1,1,41000,,5400.0,60.0,1");
  }

  /** Of the same mean, but for rounding: 0.1 + 0.2 is not 0.3. */
  @Test
  void whatIsLevelIsNotAhead() {
    RunComparison level =
        new RunComparison(
            List.of(
                run("neat", "mnist", 0.1 + 0.2, Double.NaN, 5400),
                run("darts", "mnist", 0.3, Double.NaN, 1800),
                run("baseline", "mnist", 0.29, Double.NaN, Double.NaN)));

    assertThat(PageTest.words(ComparisonPage.text(level)))
        .contains("On mnist, neat and darts are level with a test accuracy of 30.00 %.");
    assertThat(ComparisonPage.text(level).split("<b>30.00 %</b>", -1)).hasSize(3);
    assertThat(ComparisonMarkdown.text(level))
        .contains("| mnist | 29.00 % | **30.00 %** | **30.00 %** |");
  }

  @Test
  void runsThatDifferInTheirSeedAloneAreOneResult() {
    MethodResult neat = RUNS.results("neat", "mnist").get(0);

    assertThat(RUNS.results("neat", "mnist")).hasSize(1);
    assertThat(neat.seeds()).isEqualTo(2);
    assertThat(neat.isOverRuns()).isTrue();
    assertThat(neat.mean()).isEqualTo(0.9912, within(1e-12));
    assertThat(neat.std()).isEqualTo(Math.sqrt(2 * 0.0002 * 0.0002), within(1e-12));
    assertThat(neat.searchSeconds()).isEqualTo(5200);
    assertThat(RUNS.results("baseline", "mnist").get(0).std()).isEqualTo(0.0005);
    assertThat(RUNS.results("neat", "imdb")).isEmpty();
    assertThat(RUNS.best("sst2")).extracting(MethodResult::method).containsExactly("baseline");
    assertThatThrownBy(() -> new RunComparison(List.of()))
        .hasMessage("Invalid comparison: it must have a run");
    assertThatThrownBy(() -> new MethodResult(List.of()))
        .hasMessage("Invalid result of a method: it must have a run");
  }
}
