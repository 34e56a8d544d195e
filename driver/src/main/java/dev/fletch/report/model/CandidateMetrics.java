package dev.fletch.report.model;

import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.retrain.TrainingResult;
import java.util.List;

/**
 * One candidate's metrics over its seeds: means over the trainings that have the metric, NaN when
 * none has.
 *
 * @param confusion summed over the seeds
 * @param classNames of {@code confusion}, in order of the labels
 * @param multiplyAdds 0 when unknown
 * @param testExamples test images of one seed; 0 when unknown
 * @param halfWidth see {@link Comparison#halfWidth}, of the mean test figure
 * @param bestTestFigure mean over the seeds of the best epoch's, chosen on test data
 */
public record CandidateMetrics(
    ConfusionMatrix confusion,
    List<String> classNames,
    double macroPrecision,
    double macroRecall,
    double macroF1,
    double testLoss,
    long multiplyAdds,
    double imagesPerSecond,
    double bestTestFigure,
    long testExamples,
    double halfWidth) {
  public static CandidateMetrics of(CandidateReport candidate) {
    ConfusionMatrix confusion = ConfusionMatrix.NONE;
    List<String> classNames = List.of();
    long multiplyAdds = 0;
    long testExamples = 0;
    for (TrainingResult result : candidate.results()) {
      confusion = confusion.plus(result.confusion());
      classNames = result.confusion().isKnown() ? result.classNames() : classNames;
      multiplyAdds = Math.max(multiplyAdds, result.cost().multiplyAdds());
      testExamples = Math.max(testExamples, result.confusion().examples());
    }
    return new CandidateMetrics(
        confusion,
        classNames,
        candidate.mean(r -> r.confusion().macroPrecision()),
        candidate.mean(r -> r.confusion().macroRecall()),
        candidate.mean(r -> r.confusion().macroF1()),
        candidate.mean(TrainingResult::testLoss),
        multiplyAdds,
        candidate.mean(TrainingResult::imagesPerSecond),
        candidate.mean(r -> r.best().testFigure()),
        testExamples,
        Comparison.halfWidth(candidate.testFigureMean(), testExamples));
  }
}
