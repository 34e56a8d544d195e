package dev.fletch.report.model;

import dev.fletch.gradient.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.inference.TTest;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * The leading candidate beside another: whether their difference is more than noise. Trainings with
 * the same seed are paired. The leader was chosen by the same figures and nothing is corrected for
 * the number of candidates, so a p-value is rather too small.
 *
 * @param leader id of the leading candidate
 * @param other id of the other
 * @param metric what they are compared by
 * @param commonSeeds seeds with which both have a test figure
 * @param difference of the mean test figures over the common seeds, over all where there are none;
 *     leader minus other
 * @param pValue two-sided, of a paired t-test; NaN where there is none
 */
public record Comparison(
    String leader, String other, Metric metric, int commonSeeds, double difference, double pValue) {
  private static final double LEVEL = 0.05;
  private static final double CONFIDENCE = 0.95;

  /** Of two candidates that each have a test figure. */
  static Comparison of(CandidateReport leader, CandidateReport other) {
    Map<Long, Double> figures = new TreeMap<>();
    measured(leader).forEach(seed -> figures.put(seed.seed(), seed.testFigure()));
    List<TrainingReport> common =
        measured(other).stream().filter(seed -> figures.containsKey(seed.seed())).toList();
    double[] ours = common.stream().mapToDouble(s -> figures.get(s.seed())).toArray();
    double[] theirs = common.stream().mapToDouble(TrainingReport::testFigure).toArray();
    double difference = leader.testFigureMean() - other.testFigureMean();
    if (ours.length > 0) {
      double sum = 0;
      for (int i = 0; i < ours.length; i++) {
        sum += ours[i] - theirs[i];
      }
      difference = sum / ours.length;
    }
    return new Comparison(
        leader.id(),
        other.id(),
        leader.results().get(0).metric(),
        ours.length,
        difference,
        pValue(ours, theirs));
  }

  private static List<TrainingReport> measured(CandidateReport candidate) {
    return candidate.trainings().stream().filter(TrainingReport::isMeasured).toList();
  }

  private static double pValue(double[] ours, double[] theirs) {
    boolean varies = false;
    for (int i = 1; i < ours.length; i++) {
      // Differences of counts of images: equal ones differ by rounding only.
      varies |= Math.abs((ours[i] - theirs[i]) - (ours[0] - theirs[0])) > 1e-12;
    }
    return varies ? new TTest().pairedTTest(ours, theirs) : Double.NaN;
  }

  /** For people, for example {@code a and b differ by 0.40 points; one seed: no test}. */
  public String text() {
    return leader
        + " and "
        + other
        + " differ by "
        + Figures.points(metric, Math.abs(difference))
        + " "
        + metric.points()
        + "; "
        + test();
  }

  /** Whether the difference is more than noise, for example {@code one seed: no test}. */
  String test() {
    return switch (commonSeeds) {
      case 0 -> "no common seed: no test";
      case 1 -> "one seed: no test";
      default -> tested();
    };
  }

  private String tested() {
    String over = "over " + commonSeeds + " seeds ";
    if (Double.isNaN(pValue)) {
      return over + "the difference is the same for each: no test";
    }
    String p = pValue < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.2g", pValue);
    return over
        + p
        + (pValue < LEVEL ? ": distinguishable at the 5 % level" : ": not distinguishable");
  }

  /**
   * Half the width of the 95 % confidence interval (Wilson's) of a share of the test examples: what
   * the choice of test images alone makes uncertain.
   *
   * @return NaN if either is unknown
   */
  static double halfWidth(double share, long testExamples) {
    if (testExamples < 1 || testExamples > Integer.MAX_VALUE || Double.isNaN(share)) {
      return Double.NaN;
    }
    int trials = (int) testExamples;
    int successes = (int) Math.round(share * trials);
    var interval = new WilsonScoreInterval().createInterval(trials, successes, CONFIDENCE);
    return (interval.getUpperBound() - interval.getLowerBound()) / 2;
  }
}
