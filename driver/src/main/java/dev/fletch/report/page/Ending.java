package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.SearchReport;
import java.util.List;
import java.util.Locale;

/** That a search did not come to its planned end, in words. */
final class Ending {
  private Ending() {}

  static List<Markup> notes(SearchReport search) {
    if (search.last().isEmpty()) {
      return List.of();
    }
    String last = search.round().numbered(search.last().get().epoch());
    if (search.isInterrupted()) {
      return List.of(
          Warning.of(
              "The search was interrupted after " + last + ".", "--resume goes on with it."));
    }
    return search.endedEarly()
        ? List.of(
            Warning.of(
                "The search stopped early, after " + last + ".",
                sentence(search.stopReason()) + before(search)))
        : List.of();
  }

  private static String sentence(String words) {
    String capital = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    return capital.endsWith(".") ? capital : capital + ".";
  }

  private static String before(SearchReport search) {
    return search.beforeCollapse().isPresent()
        ? " The candidate before-collapse is epoch " + search.beforeCollapse().getAsInt() + "."
        : "";
  }
}
