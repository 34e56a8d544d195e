package dev.fletch.report;

import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.report.CandidateReport.Seed;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One candidate's metrics over its seeds: means over the trainings that have the metric, NaN when
 * none has.
 *
 * @param confusion summed over the seeds
 * @param classNames of {@code confusion}, in order of the labels
 * @param multiplyAdds 0 when unknown
 * @param testExamples test images of one seed; 0 when unknown
 * @param halfWidth see {@link Comparison#halfWidth}, of the mean test accuracy
 * @param bestTestAccuracy mean over the seeds of the best epoch's, chosen on test data
 */
record CandidateMetrics(
    ConfusionMatrix confusion,
    List<String> classNames,
    double macroPrecision,
    double macroRecall,
    double macroF1,
    double testLoss,
    long multiplyAdds,
    double imagesPerSecond,
    double bestTestAccuracy,
    long testExamples,
    double halfWidth) {

  static CandidateMetrics of(CandidateReport candidate) {
    ConfusionMatrix confusion = ConfusionMatrix.NONE;
    List<String> classNames = List.of();
    long multiplyAdds = 0;
    long testExamples = 0;
    for (Seed seed : candidate.seeds()) {
      SeedMetrics metrics = seed.metrics();
      confusion = confusion.plus(metrics.confusion());
      classNames = metrics.confusion().isKnown() ? metrics.classNames() : classNames;
      multiplyAdds = Math.max(multiplyAdds, metrics.multiplyAdds());
      testExamples = Math.max(testExamples, metrics.confusion().examples());
    }
    return new CandidateMetrics(
        confusion,
        classNames,
        mean(candidate, s -> s.metrics().confusion().macroPrecision()),
        mean(candidate, s -> s.metrics().confusion().macroRecall()),
        mean(candidate, s -> s.metrics().confusion().macroF1()),
        mean(candidate, Seed::testLoss),
        multiplyAdds,
        mean(candidate, s -> s.metrics().imagesPerSecond()),
        mean(candidate, s -> s.metrics().bestTestAccuracy()),
        testExamples,
        Comparison.halfWidth(candidate.testAccuracyMean(), testExamples));
  }

  private static double mean(CandidateReport candidate, ToDoubleFunction<Seed> metric) {
    return candidate.seeds().stream()
        .mapToDouble(metric)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
