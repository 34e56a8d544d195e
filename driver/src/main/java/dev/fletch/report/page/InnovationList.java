package dev.fletch.report.page;

import dev.fletch.evolution.Innovation;
import dev.fletch.report.draw.Markup;
import java.util.List;

/** All connections ever made by evolution, as a folded table. */
final class InnovationList {
  private InnovationList() {}

  static Markup of(List<Innovation> innovations) {
    List<Markup> rows =
        innovations.stream()
            .map(
                i ->
                    Markup.of(
                        "<tr><td class='n'>{}</td><td class='n'>{}</td><td>{} to node {}, port {}"
                            + "</td><td>{}</td></tr>",
                        i.number(),
                        i.generation(),
                        ArchitectureFigure.state(i.from()),
                        i.to(),
                        i.port(),
                        i.split() == 0 ? "" : "a new node split connection " + i.split()))
            .toList();
    return Markup.of(
        "<details><summary>Innovations: the {} connections that were ever made</summary>"
            + "<div class='scroll below'><table class='figures narrow'><thead><tr><th class='n'>"
            + "Number</th><th class='n'>Generation</th><th>Connection</th><th>How</th></tr></thead>"
            + "<tbody>{}</tbody></table></div></details>",
        rows.size(),
        rows);
  }
}
