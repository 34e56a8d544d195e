package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.draw.Scale;
import dev.fletch.report.model.CandidateMetrics;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.Leaderboard;
import dev.fletch.retrain.Protocol;
import dev.fletch.retrain.TrainingResult;
import java.util.ArrayList;
import java.util.List;

/** The leaderboard as a table, with every seed's test figure as a dot. */
final class LeaderboardSection {
  private static final double WIDTH = 150;
  private static final double HEIGHT = 22;

  private LeaderboardSection() {}

  static Markup of(List<CandidateReport> candidates, Metric metric, Protocol protocol) {
    List<CandidateReport> ranked = Leaderboard.ranked(candidates);
    double[] figures =
        ranked.stream()
            .flatMap(c -> c.results().stream())
            .mapToDouble(TrainingResult::testFigure)
            .toArray();
    Scale scale = Scale.covering(figures, 3, 8, WIDTH - 8).within(metric.least(), metric.most());
    boolean classes =
        ranked.stream().anyMatch(c -> CandidateMetrics.of(c).confusion().isKnown())
            || metric.equals(Metrics.ACCURACY);
    List<Markup> rows = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      boolean best = metric.isLevel(ranked.get(i).testFigureMean(), ranked.get(0).testFigureMean());
      rows.add(row(i + 1, best, ranked.get(i), metric, scale, classes));
    }
    return Section.of(
        "leaderboard",
        "Leaderboard",
        lead(ranked, metric, protocol),
        rows.isEmpty()
            ? List.of()
            : List.of(
                table(rows, metric, scale, figures.length > 0, classes), comparisons(ranked)));
  }

  /** Whether the leader's lead is more than noise. */
  private static Markup comparisons(List<CandidateReport> ranked) {
    List<Markup> lines = new ArrayList<>();
    for (CandidateReport candidate : ranked) {
      Leaderboard.comparison(candidate, ranked)
          .ifPresent(found -> lines.add(Markup.of("<li>{}.</li>", found.text())));
    }
    return lines.isEmpty()
        ? Markup.NONE
        : Markup.of("<ul class='changes comparisons'>{}</ul>", lines);
  }

  private static Markup table(
      List<Markup> rows, Metric metric, Scale scale, boolean measured, boolean classes) {
    String range = measured ? metric.text(scale.low()) + " – " + metric.text(scale.high()) : "";
    return Markup.of(
        "<div class='scroll'><table><thead><tr><th class='n'>#</th><th>Candidate</th><th"
            + " class='n'>Test {}</th><th class='wide'>Seeds, {}</th>{}"
            + "<th class='n wide'>Parameters</th><th class='n wide'>"
            + "Multiply-adds</th><th class='n wide'>Training time</th><th>Status</th>"
            + "</tr></thead><tbody>{}</tbody></table></div>",
        metric.name(),
        range,
        classes ? Markup.of("<th class='n wide'>Macro F1</th>") : Markup.NONE,
        rows);
  }

  private static Markup row(
      int rank,
      boolean best,
      CandidateReport candidate,
      Metric metric,
      Scale scale,
      boolean classes) {
    boolean measured = candidate.measuredSeeds() > 0;
    CandidateMetrics metrics = CandidateMetrics.of(candidate);
    return Markup.of(
        "<tr class='{}'><td class='n'>{}</td>"
            + "<td class='name'><a href='#candidate-{}'>{}</a><br/><small>{}</small></td>"
            + "<td class='n'><b>{}</b>{}</td><td class='wide'>{}</td>{}"
            + "<td class='n wide'>{}</td><td class='n wide'>{}</td><td class='n wide'>{}</td>"
            + "<td>{}</td></tr>",
        best ? "best" : "",
        measured ? rank : Figures.NOT_MEASURED,
        rank,
        candidate.id(),
        candidate.origin(),
        metric.text(candidate.testFigureMean()),
        spread(candidate, metrics, metric),
        measured ? dots(candidate, metric, scale) : Markup.NONE,
        classes
            ? Markup.of("<td class='n wide'>{}</td>", Figures.percent(metrics.macroF1()))
            : Markup.NONE,
        Figures.count(candidate.parameters()),
        Figures.count(metrics.multiplyAdds()),
        Figures.duration(candidate.seconds()),
        StatusMark.of(candidate));
  }

  private static Markup spread(CandidateReport candidate, CandidateMetrics metrics, Metric metric) {
    if (candidate.measuredSeeds() > 1) {
      return Markup.spread(Figures.points(metric, candidate.testFigureStd()));
    }
    return Double.isNaN(metrics.halfWidth())
        ? Markup.NONE
        : Markup.of(" <small>[± {}]</small>", Figures.points(metric, metrics.halfWidth()));
  }

  private static String lead(List<CandidateReport> candidates, Metric metric, Protocol protocol) {
    boolean single =
        candidates.stream()
            .filter(c -> c.measuredSeeds() == 1)
            .anyMatch(c -> !Double.isNaN(CandidateMetrics.of(c).halfWidth()));
    String spread =
        "Test "
            + metric.name()
            + " after retraining from scratch: mean ± sample standard deviation.";
    String brackets =
        " In brackets, with one seed: what the number of test examples leaves open at 95 %"
            + " confidence.";
    return (spread + (single ? brackets : "") + " " + sentence(metric, protocol)).strip();
  }

  private static String sentence(Metric metric, Protocol protocol) {
    String tested =
        switch (protocol.testing()) {
          case HELD_OUT ->
              "Protocol held-out: each training was tested once, after its last epoch, so nothing"
                  + " was chosen by test data.";
          case DARTS_PAPER ->
              "Protocol darts-paper: each training was tested after every epoch. The test "
                  + metric.name()
                  + " is the last epoch's; the best one was chosen on test data and is too good an"
                  + " estimate.";
        };
    return protocol.validationPortion() > 0
        ? tested
            + " "
            + Figures.briefPercent(protocol.validationPortion())
            + " of the training set was held out for validation."
        : tested;
  }

  private static Markup dots(CandidateReport candidate, Metric metric, Scale scale) {
    double middle = HEIGHT / 2;
    List<Markup> parts = new ArrayList<>();
    for (TrainingResult result : candidate.results()) {
      parts.add(
          Markup.of(
              "<circle cx='{}' cy='{}' r='4'><title>seed {}: {}</title></circle>",
              scale.at(result.testFigure()),
              middle,
              result.seed(),
              metric.text(result.testFigure())));
    }
    double mean = scale.at(candidate.testFigureMean());
    return Markup.of(
        "<svg class='dots' viewBox='0 0 {} {}' role='img' aria-label='test {} by seed'>"
            + "<line class='grid' x1='8' x2='{}' y1='{}' y2='{}'/>{}"
            + "<line class='mean' x1='{}' x2='{}' y1='3' y2='{}'/></svg>",
        WIDTH,
        HEIGHT,
        metric.name(),
        WIDTH - 8,
        middle,
        middle,
        parts,
        mean,
        mean,
        HEIGHT - 3);
  }
}
