package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.report.ReportWriter;
import dev.fletch.report.model.BestAgainstLast;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.RunReport.Run;
import dev.fletch.report.model.Samples;
import dev.fletch.report.model.SearchReport;
import dev.fletch.report.model.WatchedSamples;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.Protocol;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

public class PageTest {
  private static final String EVIL = "</script><script>alert('1')</script>\"'&<img src=x>";

  static Stream<Arguments> samples() {
    SearchReport none = new SearchReport("darts", 1, 0, true, Optional.empty(), List.of());
    return Stream.of(
        Arguments.of("large", Samples.large()),
        Arguments.of("watched", WatchedSamples.large()),
        Arguments.of("stopped", WatchedSamples.stopped()),
        Arguments.of("hypernetwork", WatchedSamples.hypernetwork(0)),
        Arguments.of("tiny", Samples.tiny()),
        Arguments.of("collapsed", Samples.collapsed()),
        Arguments.of("one-epoch", Samples.of(Samples.search(1, 0.6))),
        Arguments.of("empty", Samples.of(none)),
        Arguments.of("failed", Samples.of(Samples.search(2, 0.6), failed("epoch-1", "no disk"))));
  }

  /** Also leaves the pages in {@code target/report-samples}, to look at. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void isOneWellFormedFileWithoutOutsideReferences(String name, RunReport report)
      throws IOException {
    Path folder = Path.of("target", "report-samples", name);
    new ReportWriter(
            (file, content) -> {
              Files.createDirectories(folder.resolve(file).getParent());
              Files.write(folder.resolve(file), content);
            })
        .write(report, "");
    String page = Files.readString(folder.resolve("report/index.html"), StandardCharsets.UTF_8);
    Document document = parse(withoutScripts(page));
    assertThat(document.getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo(report.run().name());
    assertThat(page).doesNotContain("http:", "https:", " src=", "@import", "url(", "NaN %");
    assertThat(folder.resolve("report/report.json")).exists();
    assertThat(folder.resolve("report/leaderboard.csv")).exists();
  }

  @Test
  void escapesEverythingThatPeopleName() {
    RunReport report =
        new RunReport(
            new Run(EVIL, 1, EVIL),
            Samples.search(2, 0.6),
            List.of(failed(EVIL, EVIL)),
            Map.of(EVIL, EVIL),
            new Protocol(Protocol.Testing.HELD_OUT, 0));
    String page = Page.text(report, EVIL);
    assertThat(page).doesNotContain("alert('1')", "<img");
    assertThat(page.split("<script").length - 1).as("the page's own scripts").isEqualTo(2);
    assertThat(parse(withoutScripts(page)).getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo(EVIL);
  }

  @Test
  void saysTheResultAndItsCostInWords() {
    assertThat(text(Page.text(Samples.large(), "t")))
        .contains("The best candidate, last, reaches a test accuracy of 97.61 % ± 0.05 (mean")
        .contains("The search took 3 h 12 min for 50 epochs; 12 trainings from scratch took")
        .contains("Protocol held-out: each training was tested once, after its last epoch")
        .contains("10 % of the training set was held out for validation.")
        .containsPattern(
            "last and epoch-30 differ by 0\\.\\d+ points; over 2 seeds p = 0\\.\\d+: not")
        .contains("Confusion matrix on the test set, sum of 3 seeds")
        .contains("528.31 M multiply-adds an example");
    assertThat(text(Page.text(Samples.tiny(), "t")))
        .contains(
            "with a single seed, so its spread is unknown; the 10000 test examples alone leave it"
                + " uncertain by ± 0.71 points",
            "84.23 % [± 0.71]",
            "In brackets, with one seed: what the number of test examples leaves open");
  }

  @Test
  void candidatesThatAreLevelAreAllNamed() {
    SearchReport search = Samples.search(50, 0.6);
    RunReport report =
        Samples.of(
            search,
            Samples.plain("best-validation", search.bestEpoch().getAsInt(), 900, 0.9),
            Samples.plain("last", 49, 900, 0.9),
            Samples.plain("epoch-0", 0, 900, 0.8));

    assertThat(text(Page.text(report, "t"))).contains("Level with it: last. ");
    assertThat(
            Page.text(report, "t")
                .split("<tr class='best'><td class='n'>\\d</td><td class='name'>"))
        .as("rows of the leaderboard")
        .hasSize(3);
    assertThat(BestAgainstLast.sentence(report))
        .contains("reach 90.00 % and 90.00 %: they are level;");
  }

  @Test
  void namesFailuresWithTheirReasons() {
    String page = text(Page.text(Samples.large(), "t"));
    assertThat(page)
        .contains("epoch-10, seed 2 failed")
        .contains("The loss became NaN in epoch 7, step 113: lower retrain.weights.learning-rate");
    String failed =
        text(Page.text(Samples.of(Samples.search(2, 0.6), failed("epoch-1", "no disk")), "t"));
    assertThat(failed).contains("No candidate has a test accuracy").contains("no disk");
  }

  @Test
  void warnsOfACollapseOnly() {
    assertThat(text(Page.text(Samples.collapsed(), "t")))
        .contains("The search collapsed. 8 of the 8 edges in the normal cell are skip connections");
    assertThat(Page.text(Samples.large(), "t")).doesNotContain("class='warning'");
  }

  private static CandidateReport failed(String id, String reason) {
    return new CandidateReport(
        new Candidate(id, List.of(new Origin(id, OptionalInt.of(1))), Samples.genotype()),
        List.of(Samples.failed(id, 0, reason, List.of())));
  }

  public static Document parse(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }

  /** What a reader sees, with single spaces. */
  private static String text(String page) {
    return parse(withoutScripts(page))
        .getDocumentElement()
        .getTextContent()
        .replaceAll("\\s+", " ");
  }

  /** What a reader sees, with spaces between cells and other elements. */
  static String words(String page) {
    return withoutScripts(page).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
  }

  private static String withoutScripts(String page) {
    return page.replaceFirst("<!DOCTYPE html>", "")
        .replaceAll("(?s)<script.*?</script>", "")
        .replaceAll("(?s)<style>.*?</style>", "");
  }
}
