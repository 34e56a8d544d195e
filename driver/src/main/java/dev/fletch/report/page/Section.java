package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import java.util.List;

/** A titled part of a page. */
final class Section {
  private Section() {}

  /**
   * A section, or nothing when it has no content.
   *
   * @param lead a paragraph above the content; none if empty
   */
  static Markup of(String id, String title, String lead, List<Markup> content) {
    if (content.isEmpty()) {
      return Markup.NONE;
    }
    return Markup.of(
        "<section id='{}'><h2>{}</h2>{}{}</section>",
        id,
        title,
        lead.isEmpty() ? Markup.NONE : Markup.of("<p class='lead'>{}</p>", lead),
        content);
  }
}
