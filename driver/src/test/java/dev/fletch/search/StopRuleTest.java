package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopRuleTest {
  private static final StopRule EIGENVALUE = new StopRule.Eigenvalue(1.3, 10);

  /** Measured in the even epochs up to {@code last}: 1, and {@code late} from {@code from} on. */
  private static Optional<StopRule.Stop> every2(int last, int from, double late) {
    List<Double> eigenvalues = new ArrayList<>();
    for (int epoch = 0; epoch <= last; epoch++) {
      double value = epoch >= from ? late : 1;
      eigenvalues.add(epoch % 2 == 0 ? value : Double.NaN);
    }
    return EIGENVALUE.check(Records.eigenvalues(eigenvalues));
  }

  /** The earliest end of RobustDARTS: at epoch 22, with the genotype of epoch 10. */
  @Test
  void eigenvalueEndsAtEpoch22AtTheEarliest() {
    for (int epoch = 0; epoch < 22; epoch++) {
      assertThat(every2(epoch, 4, 1000)).as("epoch %d", epoch).isEmpty();
      assertThat(every2(epoch, epoch, 1000)).as("epoch %d", epoch).isEmpty();
    }
    assertThat(every2(22, 16, 2)).map(StopRule.Stop::beforeCollapse).contains(OptionalInt.of(10));
    assertThat(every2(24, 16, 2)).map(StopRule.Stop::beforeCollapse).contains(OptionalInt.of(12));
    // in an epoch without a measurement nothing is new
    assertThat(every2(23, 16, 2)).isEmpty();
  }

  /** At epoch 22 the means are (1 + 4 x) / 5 and 1. */
  @ParameterizedTest
  @CsvSource({"1.374, false", "1.375, false", "1.376, true", "0.5, false"})
  void eigenvalueHasToGrowByMoreThanTheRatio(double late, boolean stops) {
    assertThat(every2(22, 16, late).isPresent()).isEqualTo(stops);
  }

  @Test
  void eigenvalueSaysWhatGrewAndSinceWhen() {
    // (1 + 4 * 2) / 5
    assertThat(every2(22, 16, 2).orElseThrow().reason())
        .isEqualTo(
            "the largest eigenvalue of the validation Hessian in alpha grew to 1.80 times its"
                + " value of epoch 10, more than 1.30");
  }

  /** EVLocalAvg of automl/RobustDARTS, in its own words. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void eigenvalueAgreesWithThePublishedRule(int f) {
    Random random = new Random(f);
    int stops = 0;
    for (int run = 0; run < 60; run++) {
      List<Double> eigenvalues = new ArrayList<>();
      List<Double> ev = new ArrayList<>();
      List<Double> la = new ArrayList<>();
      double level = 1;
      for (int e = 0; e < 40; e++) {
        level *= 0.9 + 0.3 * random.nextDouble();
        eigenvalues.add(e % f == 0 ? level : Double.NaN);
        int expected = -1;
        if (e % f == 0) {
          ev.add(level);
          if (ev.size() >= 3) {
            la.add(
                ev.subList(Math.max(0, ev.size() - 5), ev.size()).stream()
                    .mapToDouble(d -> d)
                    .average()
                    .orElseThrow());
          }
          int epochOfMean = e - f * 2;
          if (la.size() > 4
              && epochOfMean - f * 4 >= 10
              && la.get(la.size() - 1) / la.get(la.size() - 5) > 1.3) {
            expected = epochOfMean - f * 4;
          }
        }
        var stop = EIGENVALUE.check(Records.eigenvalues(eigenvalues));
        assertThat(stop.map(s -> s.beforeCollapse().orElseThrow()).orElse(-1)).isEqualTo(expected);
        stops += stop.isPresent() ? 1 : 0;
      }
    }
    assertThat(stops).isGreaterThan(50);
  }

  /** -2 is less than -1, though it is twice as much. */
  @Test
  void eigenvaluesThatAreNotPositiveDoNotGrow() {
    for (double start : new double[] {-1, 0}) {
      List<Double> eigenvalues = new ArrayList<>();
      for (int epoch = 0; epoch <= 30; epoch++) {
        eigenvalues.add(start - epoch * 0.1);
        assertThat(new StopRule.Eigenvalue(1.3, 0).check(Records.eigenvalues(eigenvalues)))
            .isEmpty();
      }
    }
  }

  @Test
  void skipConnectionsEndWithTheGenotypeBefore() {
    StopRule rule = new StopRule.SkipConnections(2);
    List<EpochRecord> records = new ArrayList<>(List.of(Records.skips(0, 1, "a")));
    assertThat(rule.check(records)).isEmpty();
    records.add(Records.skips(1, 1, "a"));
    assertThat(rule.check(records)).isEmpty();
    records.add(Records.skips(2, 3, "a"));

    assertThat(rule.check(records))
        .contains(
            new StopRule.Stop(
                "the normal cell has 3 skip connections, and 2 end the search", OptionalInt.of(1)));
  }

  /** Random alphas have skip connections too, and a warm-up does not change them. */
  @Test
  void skipConnectionsCountOnceAlphaIsTrained() {
    StopRule rule = new StopRule.SkipConnections(2);
    List<EpochRecord> records =
        new ArrayList<>(List.of(Records.skips(0, 4, ""), Records.skips(1, 4, "")));

    assertThat(rule.check(records)).isEmpty();
    records.add(Records.skips(2, 4, "a"));
    assertThat(rule.check(records)).isPresent();
  }

  @Test
  void stableRankingEndsAfterSoManyEpochsWithoutChange() {
    StopRule rule = new StopRule.StableRanking(3);
    List<EpochRecord> records = new ArrayList<>();
    String rankings = "abbbcccc";
    for (int epoch = 0; epoch < rankings.length(); epoch++) {
      records.add(Records.skips(epoch, 1, rankings.substring(epoch, epoch + 1)));
      // of four equal ones the last three have not changed
      assertThat(rule.check(records).isPresent()).as("epoch %d", epoch).isEqualTo(epoch == 7);
    }
    assertThat(rule.check(records))
        .contains(
            new StopRule.Stop(
                "the ranking of the operations with weights has been stable for 3 epochs",
                OptionalInt.empty()));
  }

  @Test
  void aWarmUpIsNotStable() {
    StopRule rule = new StopRule.StableRanking(3);
    List<EpochRecord> records = new ArrayList<>();
    for (int epoch = 0; epoch < 10; epoch++) {
      records.add(Records.skips(epoch, 1, epoch < 5 ? "" : "a"));
      assertThat(rule.check(records).isPresent()).as("epoch %d", epoch).isEqualTo(epoch >= 8);
    }
  }

  @Test
  void withoutARuleNothingEnds() {
    assertThat(new StopRule.None().check(List.of(Records.skips(0, 4, "a")))).isEmpty();
  }

  @Test
  void eigenvaluesOfEpochsThatDidNotTrainAlphaDoNotCount() {
    List<EpochRecord> records = new ArrayList<>();
    for (int epoch = 0; epoch < 20; epoch++) {
      records.add(Records.eigenvalue(epoch, Math.pow(2, epoch), ""));
      assertThat(new StopRule.Eigenvalue(1.3, 0).check(records)).isEmpty();
    }
  }
}
