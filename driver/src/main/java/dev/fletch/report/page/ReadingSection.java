package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.RunReport;
import java.util.ArrayList;
import java.util.List;

/** How to read the page, and on what the numbers were made. */
final class ReadingSection {
  private ReadingSection() {}

  static Markup of(RunReport report) {
    List<Markup> content = new ArrayList<>();
    content.add(Legend.of(report));
    if (!report.environment().isEmpty()) {
      List<Markup> rows = new ArrayList<>();
      report
          .environment()
          .forEach(
              (key, value) -> rows.add(Markup.of("<tr><th>{}</th><td>{}</td></tr>", key, value)));
      content.add(
          Markup.of(
              "<h3>Environment</h3><div class='scroll'><table class='environment'>"
                  + "<tbody>{}</tbody></table></div>",
              rows));
    }
    return Section.of("reading", "How to read this", "", content);
  }
}
