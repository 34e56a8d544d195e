package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.SearchReport;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.Watch.TemperatureGap;
import java.util.ArrayList;
import java.util.List;

/** The discretisation gap of one supernet at several temperatures. */
final class TemperatureTable {
  private TemperatureTable() {}

  /** Of the last epoch that has them; nothing if none has. */
  static Markup of(SearchReport search) {
    EpochRecord found = null;
    for (EpochRecord epoch : search.epochs()) {
      found = epoch.watch().temperatureGaps().isEmpty() ? found : epoch;
    }
    if (found == null) {
      return Markup.NONE;
    }
    Metric metric = search.metric();
    List<Markup> rows = new ArrayList<>();
    for (TemperatureGap gap : found.watch().temperatureGaps()) {
      rows.add(
          Markup.of(
              "<tr><td class='n'>{}</td><td class='n'>{}</td><td class='n'>{}</td><td"
                  + " class='n'>{}</td></tr>",
              Figures.brief(gap.temperature()),
              metric.text(gap.figure()),
              metric.text(gap.discretisedFigure()),
              Figures.difference(metric, gap.gap(metric))));
    }
    return Markup.of(
        "<h3 class='sub'>Gap at other temperatures</h3><p class='lead'>The supernet of epoch {}"
            + " with the same weights and alpha: as T falls, its mixing weights come closer to the"
            + " discretised network.</p><div class='scroll'><table class='figures"
            + " narrow'><thead><tr><th class='n'>T</th><th class='n'>Supernet {}</th><th"
            + " class='n'>Discretised {}</th><th"
            + " class='n'>Gap</th></tr></thead><tbody>{}</tbody></table></div>",
        found.epoch(),
        metric.name(),
        metric.name(),
        rows);
  }
}
