package dev.fletch.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code index.html}: one file with everything in it, readable without JavaScript and without a
 * network.
 */
final class Page {
  private Page() {}

  static String text(RunReport report, String heading) {
    List<Markup> sections = new ArrayList<>();
    sections.add(HeaderSection.of(report, heading));
    sections.add(LeaderboardSection.of(report.candidates(), report.protocol()));
    sections.add(LambdaSection.ofRun(report));
    sections.add(CandidateSection.of(Leaderboard.ranked(report.candidates())));
    sections.add(CurveSection.of(report.search()));
    sections.add(EpochSection.of(report));
    sections.add(AlphaSection.of(report.search()));
    sections.add(GenotypeTimeline.of(report.search().epochs()));
    sections.add(FailureSection.of(report.candidates()));
    sections.add(ReadingSection.of(report));
    return frame(heading, sections);
  }

  /** A whole page around {@code sections}. */
  static String frame(String heading, List<Markup> sections) {
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

  /** A section of the page, or nothing when it has no content. */
  static Markup section(String id, String title, String lead, List<Markup> content) {
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

  private static Markup resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + name + " beside " + Page.class);
      }
      return new Markup(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + " from the jar", e);
    }
  }
}
