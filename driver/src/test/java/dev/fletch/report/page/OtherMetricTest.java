package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metric;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.Samples;
import dev.fletch.report.model.SearchReport;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.report.table.LeaderboardCsv;
import dev.fletch.report.table.ReportJson;
import dev.fletch.report.table.ResultTable;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.Outcome;
import dev.fletch.retrain.Protocol;
import dev.fletch.retrain.TrainingResult;
import dev.fletch.retrain.TrainingResult.BestEpoch;
import dev.fletch.retrain.TrainingResult.NetworkCost;
import dev.fletch.runfolder.PerplexityMetric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A report of figures of which less is better, under a name of their own. */
class OtherMetricTest {
  private static final Metric METRIC = new PerplexityMetric();

  @Test
  void theLowestLeads() {
    assertThat(csv()[1]).startsWith("1,low,,1.5,");
    assertThat(csv()[2]).startsWith("2,high,,2.5,");
    assertThat(page()).contains("The best candidate, <b>low</b>, reaches a test perplexity of");
  }

  @Test
  void peopleReadItsNameAndItsForm() {
    assertThat(page())
        .contains("<dt>Best test perplexity</dt><dd>1.5</dd>", "<th class='n'>Test perplexity</th>")
        .containsPattern("Seeds, 1\\.\\d – 2\\.\\d<")
        .doesNotContain("est accuracy<", "1.50 %", "150.00");
  }

  @Test
  void fieldsAndColumnsAreNamedByIt() {
    assertThat(csv()[0])
        .contains("epoch,testPerplexityMean,testPerplexityStd,", ",bestTestPerplexityMean,")
        .doesNotContain("Accuracy");
    assertThat(ResultTable.csv(report())).startsWith("run,").doesNotContain("Accuracy");
    assertThat(ReportJson.text(report()))
        .contains("\"testPerplexityStd\"", "\"bestTestPerplexityMean\"")
        .doesNotContain("Accuracy");
  }

  private static String[] csv() {
    return LeaderboardCsv.text(report().candidates(), report().metric()).split("\r\n");
  }

  private static String page() {
    return Page.text(report(), "t");
  }

  private static RunReport report() {
    return new RunReport(
        new RunReport.Run("other", 0, ""),
        new SearchReport("darts", 1, 0, true, Optional.empty(), List.of()),
        List.of(candidate("high", 2.5), candidate("low", 1.5)),
        Map.of(),
        new Protocol(Protocol.Testing.HELD_OUT, 0));
  }

  private static CandidateReport candidate(String id, double figure) {
    TrainingResult result =
        new TrainingResult(
            id,
            0,
            METRIC,
            figure,
            figure,
            ConfusionMatrix.NONE,
            BestEpoch.NONE,
            new NetworkCost(12, 0),
            10,
            Double.NaN,
            1);
    return new CandidateReport(
        new Candidate(id, List.of(new Origin(id, OptionalInt.empty())), Samples.genotype()),
        List.of(new TrainingReport(new Outcome.Trained(result), List.of())));
  }
}
