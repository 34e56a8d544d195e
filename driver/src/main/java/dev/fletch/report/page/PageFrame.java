package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What every page has around its sections: style, script and title, all in the one file. */
final class PageFrame {
  private PageFrame() {}

  /** A whole page around {@code sections}. */
  static String around(String heading, List<Markup> sections) {
    return Markup.of(
            "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'/>\n"
                + "<meta name='viewport' content='width=device-width, initial-scale=1'/>\n"
                + "<meta name='color-scheme' content='light dark'/>\n"
                + "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{}\n</main>\n"
                + "<script>\n{}</script>\n</body>\n</html>\n",
            heading,
            resource("report.css"),
            sections,
            resource("report.js"))
        .html();
  }

  private static Markup resource(String name) {
    try (InputStream in = PageFrame.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + name + " beside " + PageFrame.class);
      }
      return new Markup(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + " from the jar", e);
    }
  }
}
