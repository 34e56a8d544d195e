package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.CandidateReport;

/** How far a candidate's trainings came, as a coloured word. */
final class StatusMark {
  private StatusMark() {}

  static Markup of(CandidateReport candidate) {
    String status = candidate.status();
    String style = status.equals("done") ? "good" : status.equals("failed") ? "bad" : "mixed";
    return Markup.of(
        "<span class='status {}'>{}</span> <small>{}/{} seeds</small>",
        style,
        status,
        candidate.measuredSeeds(),
        candidate.countedSeeds());
  }
}
