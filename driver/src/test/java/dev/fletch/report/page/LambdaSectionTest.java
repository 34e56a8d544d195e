package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.report.SweepWriter;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.LambdaLine;
import dev.fletch.report.model.LambdaSample;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.Samples;
import dev.fletch.report.model.SearchReport;
import dev.fletch.report.model.WatchedSamples;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidate.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Accuracy, precision and size against lambda, of a run and of a sweep. */
class LambdaSectionTest {
  @Test
  void aHypernetworkHasALineForEveryEpoch() {
    List<LambdaLine> lines = LambdaLine.ofHypernetwork(WatchedSamples.hypernetwork(0));

    assertThat(lines).extracting(LambdaLine::epoch).containsExactly("epoch 4", "epoch 9");
    assertThat(lines.get(1).points())
        .extracting(LambdaLine.At::lambda)
        .containsExactly(1e-3, 1e-2, 0.1, 1.0, 10.0);
    LambdaLine.At last = lines.get(1).points().get(4);
    assertThat(last.candidates()).isEqualTo(Set.of("lambda-10.0"));
    assertThat(last.testFigureMean()).isEqualTo(0.86, within(1e-9));
    assertThat(last.testFigureStd()).isEqualTo(Math.sqrt(2 * 0.004 * 0.004), within(1e-9));
    assertThat(last.macroPrecision()).isEqualTo(0.86, within(1e-9));
    assertThat(last.parameters()).isEqualTo(1_380_000);
    assertThat(LambdaLine.ofHypernetwork(Samples.large())).isEmpty();
  }

  @Test
  void aCandidateOfSeveralLambdasIsAPointOfEach() {
    CandidateReport one = WatchedSamples.candidate("lambda-0.1", 9, OptionalDouble.of(0.1), 5, 0.5);
    CandidateReport both =
        new CandidateReport(
            new Candidate(
                one.id(),
                List.of(
                    one.origins().get(0),
                    new Origin("lambda-1", OptionalInt.of(9), OptionalDouble.of(1))),
                one.genotype()),
            one.trainings());
    LambdaLine line = LambdaLine.ofHypernetwork(Samples.of(Samples.search(10, 0.6), both)).get(0);

    assertThat(line.points()).extracting(LambdaLine.At::lambda).containsExactly(0.1, 1.0);
    assertThat(line.points().get(1).testFigureMean()).isEqualTo(0.5);
    assertThat(line.points().get(1).testFigureStd()).isNaN();
  }

  @Test
  void thePageOfARunShowsTheLambdas() {
    String page = PageTest.words(Page.text(WatchedSamples.hypernetwork(0), "t"));

    assertThat(page)
        .contains("Complexity by lambda One search gave a genotype for every λ")
        .contains("epoch 9 10 lambda-10.0 86.00 % ± 0.57 2 86.00 % 1.38 M")
        .contains("λ 0.001 epoch 4: 90 % ± 0.5657 % epoch 9: 92 % ± 0.5657 %");
    assertThat(Page.text(Samples.large(), "t")).doesNotContain("Complexity by lambda");
  }

  @Test
  void whatWasRecordedIsShownEvenIfNothingIsRetrained() {
    RunReport run = WatchedSamples.hypernetwork(0);

    assertThat(PageTest.words(Page.text(Samples.of(run.search()), "t")))
        .contains("Complexity by lambda Before retraining The supernet after its last epoch, 9,")
        .contains("λ Validation accuracy Complexity Skip connections 0.001 80.00 % 50.00 % 2 / 3");
  }

  @Test
  void aSweepPutsOneHypernetworkBesideSearchesWithEachLambda() {
    List<LambdaLine> lines = WatchedSamples.sweep().lambdaLines();

    assertThat(lines)
        .extracting(line -> line.method() + " " + line.epoch() + " " + line.searches())
        .containsExactly(
            "hypernetwork epoch 4 1",
            "darts-l1 epoch 4 6",
            "hypernetwork epoch 9 1",
            "darts-l1 epoch 9 6");
    assertThat(lines.get(3).points()).hasSize(5);
    LambdaLine.At twice = lines.get(3).points().get(2);
    assertThat(twice.n()).as("two searches with two seeds each").isEqualTo(4);
    assertThat(twice.testFigureMean()).isEqualTo(0.875, within(1e-9));
    assertThat(twice.testFigureStd()).isEqualTo(Math.sqrt(4 * 0.005 * 0.005 / 3), within(1e-9));
    assertThat(twice.candidates()).isEqualTo(Set.of("last"));
  }

  /** Where the weight is varied from 0 on, the search without it is the first point. */
  @Test
  void dartsWithAPenaltyIsALineThatBeginsAtZero() {
    List<LambdaLine> lines =
        LambdaLine.ofSweep(
            List.of(
                sample("a", "darts", 0, "last", 9),
                sample("b", "darts", 0.1, "best-validation", 3),
                sample("b", "darts", 0.1, "last", 9),
                sample("c", "pc-darts", 0, "last", 9)));

    assertThat(lines)
        .extracting(line -> line.method() + ", " + line.epoch() + ", " + line.number())
        .containsExactly(
            "darts + L1, epoch 9, OptionalInt[9]",
            "darts + L1, best-validation, OptionalInt.empty");
    assertThat(lines.get(0).points()).extracting(LambdaLine.At::lambda).containsExactly(0.0, 0.1);
  }

  /** What is varied besides is no reason to mix up searches; what every search has is not said. */
  @Test
  void searchesOfOtherSettingsAreOtherLines() {
    List<LambdaSample> samples = new ArrayList<>();
    for (String order : List.of("first", "second")) {
      for (double lambda : new double[] {0.1, 1}) {
        Map<String, String> varied = new LinkedHashMap<>();
        varied.put("search.order", order);
        varied.put("search.alpha-l1", "" + lambda);
        varied.put("search.epochs", "10");
        samples.add(sample(order + lambda, "darts-l1", lambda, "last", 9, varied));
      }
    }
    assertThat(LambdaLine.ofSweep(samples))
        .extracting(line -> line.method() + ": " + line.searches() + ", " + line.points().size())
        .containsExactly("darts-l1, order=first: 2, 2", "darts-l1, order=second: 2, 2");
  }

  private static LambdaSample sample(
      String search, String method, double lambda, String label, int epoch) {
    return sample(search, method, lambda, label, epoch, Map.of());
  }

  private static LambdaSample sample(
      String search,
      String method,
      double lambda,
      String label,
      int epoch,
      Map<String, String> varied) {
    SearchReport plain = Samples.search(10, 0.6);
    SearchReport penalised =
        new SearchReport(method, 1, lambda, true, plain.result(), plain.mixing());
    CandidateReport candidate =
        WatchedSamples.candidate(label, epoch, OptionalDouble.empty(), 5, 0.5);
    return LambdaSample.of(search, varied, Samples.of(penalised, candidate)).get(0);
  }

  /** Also leaves the page in {@code target/report-samples}, to look at. */
  @Test
  void theReportOfASweepComparesMethods() throws IOException {
    Path folder = Path.of("target", "report-samples", "sweep");
    new SweepWriter(
            (file, content) -> {
              Files.createDirectories(folder.resolve(file).getParent());
              Files.write(folder.resolve(file), content);
            })
        .write(WatchedSamples.sweep());
    String page = PageTest.words(Files.readString(folder.resolve("report/index.html")));

    assertThat(page)
        .contains(
            "hypernetwork took 1 search for 5 lambdas, darts-l1 took 6 searches for 5 lambdas.")
        .contains("epoch 9 0.1 hypernetwork lambda-0.1 89.50 % ± 0.57 2 89.50 % 2.34 M 1")
        .contains("epoch 9 0.1 darts-l1 last 87.50 % ± 0.58 4 87.50 % 2.34 M 6")
        .contains("method.name=darts-l1, alpha-l1=0.1 darts-l1 87.50 % ± 0.00 2 of 2 2.34 M")
        .contains("38 min 34 s 2 +33.75")
        .contains("search stopped: the dominant eigenvalue grew by more than 1.3 over 5 epochs");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("report/sweep.json").toFile());
    assertThat(json.at("/lambdas/1/method").asText()).isEqualTo("darts-l1");
    assertThat(json.at("/lambdas/1/epoch").asInt()).isEqualTo(4);
    assertThat(json.at("/lambdas/1/searches").asInt()).isEqualTo(6);
    assertThat(json.at("/lambdas/1/points/4/lambda").asDouble()).isEqualTo(10);
    assertThat(json.at("/lambdas/1/points/4/parametersMean").asDouble()).isEqualTo(1_380_000);
    assertThat(json.at("/trials/1/stopReason").asText()).startsWith("the dominant eigenvalue");
    assertThat(json.at("/trials/1/discretisationGap").asDouble()).isEqualTo(0.0494, within(1e-4));
  }
}
