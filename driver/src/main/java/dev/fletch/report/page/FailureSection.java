package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.retrain.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Every training without a result, and why. */
final class FailureSection {
  private FailureSection() {}

  static Markup of(List<CandidateReport> candidates, Metric metric) {
    List<Markup> rows = new ArrayList<>();
    for (CandidateReport candidate : candidates) {
      for (TrainingReport training : candidate.trainings()) {
        if (!training.isMeasured()) {
          rows.add(row(candidate, training.outcome()));
        }
      }
    }
    return Section.of(
        "failures",
        "What was not trained to the end",
        "Trainings without a test "
            + metric.name()
            + ", failed or stopped because they trailed, and those of other settings than the"
            + " newest retraining's; they are left out of means and spreads.",
        rows.isEmpty() ? List.of() : List.of(Markup.of("<ul class='failures'>{}</ul>", rows)));
  }

  private static Markup row(CandidateReport candidate, Outcome outcome) {
    return Markup.of(
        "<li><b>{}</b>, seed {} <span class='status bad'>{}</span><br/>{}</li>",
        candidate.id(),
        outcome.seed(),
        outcome.status(),
        outcome.reason().isEmpty() ? "No reason was recorded." : outcome.reason());
  }
}
