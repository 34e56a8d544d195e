package dev.fletch.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.gradient.Metrics;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.Samples;
import dev.fletch.report.model.WatchedSamples;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LeaderboardCsvTest {
  private static final String HEADER =
      "rank,id,epoch,testAccuracyMean,testAccuracyStd,"
          + "seeds,parameters,seconds,status,normal,reduction,"
          + "testAccuracyHalfWidth,testLossMean,macroPrecisionMean,macroRecallMean,macroF1Mean,"
          + "bestTestAccuracyMean,multiplyAdds,imagesPerSecondMean,commonSeeds,pValue,lambda,genome,recurrent";
  private static final String NOTHING_MORE = ",,0.1,,,,,,,";
  private static final String CELLS = ",\"" + Samples.NORMAL + "\",\"" + Samples.REDUCTION + "\"";

  @Test
  void ranksByMeanAndLeavesFailuresWithoutRankAtTheEnd() {
    String csv =
        LeaderboardCsv.text(
            List.of(
                candidate("broken", Double.NaN),
                candidate("low", 0.5),
                candidate("high", 0.75, 0.875),
                candidate("partly", 0.625, Double.NaN)),
            Metrics.DEFAULT);
    assertThat(csv.split("\r\n"))
        .containsExactly(
            HEADER,
            "1,high,4,0.8125,0.08838834764831845,2,900,20.0,done" + CELLS + NOTHING_MORE + ",,,,",
            "2,partly,4,0.625,,1,900,10.0,partly failed" + CELLS + NOTHING_MORE + "1,,,,",
            "3,low,4,0.5,,1,900,10.0,done" + CELLS + NOTHING_MORE + "1,,,,",
            ",broken,4,,,0,,,failed" + CELLS + ",,,,,,,,,,,,,");
  }

  @Test
  void aCandidateOfAHypernetworkHasItsLambda() {
    String csv =
        LeaderboardCsv.text(
            List.of(WatchedSamples.candidate("lambda-0.5", 9, OptionalDouble.of(0.5), 5, 0.75)),
            Metrics.DEFAULT);
    assertThat(csv.split("\r\n")[1]).startsWith("1,lambda-0.5,9,0.75,").endsWith(",0.5,,");
  }

  @Test
  void quotesCommasQuotesAndLineBreaks() {
    String csv = LeaderboardCsv.text(List.of(candidate("a,\"b\"\nc", 0.5)), Metrics.DEFAULT);
    assertThat(csv).startsWith(HEADER + "\r\n1,\"a,\"\"b\"\"\nc\",4,0.5,");
  }

  private static CandidateReport candidate(String id, double... accuracies) {
    return Samples.plain(id, 4, 900, accuracies);
  }
}
