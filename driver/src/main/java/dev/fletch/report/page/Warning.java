package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;

/** A box at the top of the page with something to know before its numbers are read. */
final class Warning {
  private Warning() {}

  static Markup of(String title, String text) {
    return Markup.of("<p class='warning' role='note'><b>{}</b> {}</p>", title, text);
  }
}
