package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.RunReport;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code index.html}: one file with everything in it, readable without JavaScript and without a
 * network.
 */
public final class Page {
  private Page() {}

  public static String text(RunReport report, String heading) {
    List<Markup> sections = new ArrayList<>();
    sections.add(HeaderSection.of(report, heading));
    sections.add(LeaderboardSection.of(report.candidates(), report.metric(), report.protocol()));
    sections.add(LambdaSection.ofRun(report));
    sections.add(CandidateSection.of(report));
    sections.add(CurveSection.of(report.search()));
    report
        .population()
        .ifPresent(found -> sections.add(PopulationSection.of(found, report.metric())));
    sections.add(EpochSection.of(report));
    sections.add(AlphaSection.of(report.search()));
    sections.add(GenotypeTimeline.of(report.search().epochs()));
    sections.add(FailureSection.of(report.candidates(), report.metric()));
    sections.add(ReadingSection.of(report));
    return PageFrame.around(heading, sections);
  }
}
