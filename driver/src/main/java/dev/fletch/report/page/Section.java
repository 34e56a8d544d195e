package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import java.util.List;

/** A titled part of a page. */
final class Section {
  /** What stands where the normal cell of such a search would. */
  static final Markup NO_NORMAL_CELLS =
      Markup.of(
          "<p class='facts'>No normal cell: the supernet had reduction cells only, so nothing was"
              + " learned of it.</p>");

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
