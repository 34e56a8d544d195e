package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.SearchReport;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.SkipConnections;
import dev.fletch.search.Watch.LambdaResult;
import java.util.ArrayList;
import java.util.List;

/** What a hypernetwork's search recorded of each lambda, before anything is retrained. */
final class RecordedLambdas {
  private RecordedLambdas() {}

  /** Of the last epoch; nothing for other methods. */
  static Markup of(SearchReport search) {
    List<LambdaResult> lambdas = search.last().map(e -> e.watch().lambdas()).orElse(List.of());
    if (lambdas.isEmpty()) {
      return Markup.NONE;
    }
    Metric metric = search.metric();
    List<Markup> rows = new ArrayList<>();
    for (LambdaResult at : lambdas) {
      rows.add(
          Markup.of(
              "<tr><td class='n'>{}</td><td class='n'>{}</td><td class='n'>{}</td>"
                  + "<td class='n'>{} / {}</td></tr>",
              Figures.lambda(at.lambda()),
              metric.text(at.validationFigure()),
              Figures.percent(at.complexity()),
              SkipConnections.of(at.genotype()).normal(),
              SkipConnections.of(at.genotype()).reduction()));
    }
    return Markup.of(
        "<h3 class='sub'>Before retraining</h3><p class='lead'>The supernet after its last epoch,"
            + " {}, with the mixing weights of each λ. Complexity: the expected share of the"
            + " weights that the largest operations would have.</p><div class='scroll'><table"
            + " class='figures narrow'><thead><tr><th class='n'>λ</th><th class='n'>Validation"
            + " {}</th><th class='n'>Complexity</th><th class='n'>Skip connections</th></tr>"
            + "</thead><tbody>{}</tbody></table></div>",
        search.last().map(EpochRecord::epoch).orElseThrow(),
        metric.name(),
        rows);
  }
}
