package dev.fletch.report.model;

import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.retrain.TrainingResult;

/**
 * One candidate's metrics over its seeds: means over the trainings that have the metric, NaN when
 * none has.
 *
 * @param confusion summed over the seeds
 * @param multiplyAdds 0 when unknown
 * @param testExamples test images of one seed; 0 when unknown
 * @param halfWidth see {@link Comparison#halfWidth}, of the mean test accuracy
 * @param bestTestAccuracy mean over the seeds of the best epoch's, chosen on test data
 */
public record CandidateMetrics(
    ConfusionMatrix confusion,
    double macroPrecision,
    double macroRecall,
    double macroF1,
    double testLoss,
    long multiplyAdds,
    double imagesPerSecond,
    double bestTestAccuracy,
    long testExamples,
    double halfWidth) {
  public static CandidateMetrics of(CandidateReport candidate) {
    ConfusionMatrix confusion = ConfusionMatrix.NONE;
    long multiplyAdds = 0;
    long testExamples = 0;
    for (TrainingResult result : candidate.results()) {
      confusion = confusion.plus(result.confusion());
      multiplyAdds = Math.max(multiplyAdds, result.cost().multiplyAdds());
      testExamples = Math.max(testExamples, result.confusion().examples());
    }
    return new CandidateMetrics(
        confusion,
        candidate.mean(r -> r.confusion().macroPrecision()),
        candidate.mean(r -> r.confusion().macroRecall()),
        candidate.mean(r -> r.confusion().macroF1()),
        candidate.mean(TrainingResult::testLoss),
        multiplyAdds,
        candidate.mean(TrainingResult::imagesPerSecond),
        candidate.mean(r -> r.best().testAccuracy()),
        testExamples,
        Comparison.halfWidth(candidate.testAccuracyMean(), testExamples));
  }
}
