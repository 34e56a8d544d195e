package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.cli.progress.Progress;
import dev.fletch.cli.progress.ProgressLines;
import dev.fletch.cli.progress.SearchProgress;
import dev.fletch.report.model.EvolvedSamples;
import dev.fletch.report.model.PopulationReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.Samples;
import dev.fletch.report.model.SearchReport;
import dev.fletch.search.SearchResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A search by evolution has generations; only trainings of its genomes have epochs. */
class GenerationWordsTest {
  private static final PopulationReport POPULATION = EvolvedSamples.evolved(20, 8);
  private static final RunReport RUN = EvolvedSamples.run(POPULATION);
  private static final SearchReport SEARCH = RUN.search();

  private static RunReport searched(String ending) {
    return Samples.of(
            new SearchReport(
                "neat",
                0,
                0,
                true,
                Optional.of(new SearchResult(SEARCH.epochs(), ending)),
                List.of()))
        .with(POPULATION);
  }

  @Test
  void thePageCountsGenerations() {
    String page = Page.text(RUN, "t");
    String words = PageTest.words(page);

    assertThat(words)
        .contains(" for 20 generations; 4 trainings from scratch took")
        .contains("Search 20 generations Search time")
        .contains("The search, generation by generation Method neat; 20 generations in ")
        .contains("Accuracy per generation", "Generation Validation accuracy Test accuracy")
        .contains("All 20 generations", "best genome retrained from scratch")
        .contains("best-validation (generation 19)", "epoch-0 (generation 0)");
    String search =
        page.substring(page.indexOf("<section id='search'"), page.indexOf("id='population'"));
    assertThat(search).contains("<title>generation 0\n", ">generation</text>", "best generation");
    assertThat(search).doesNotContainPattern("(?i)epoch");
    assertThat(page).doesNotContainPattern("<b>Accuracy per epoch|\\d+ epochs");
  }

  @Test
  void soDoItsHeadlineAndItsEnding() {
    int best = SEARCH.bestEpoch().orElseThrow();
    assertThat(PageTest.words(Page.text(searched("completed"), "t")))
        .contains(
            "Nothing has been retrained yet. The best validation accuracy of a genome is "
                + SEARCH.metric().text(SEARCH.best().orElseThrow().validationFigure())
                + ", in generation "
                + best
                + ". The search took ");
    assertThat(PageTest.words(Page.text(searched("interrupted"), "t")))
        .contains("The search was interrupted after generation 19. --resume goes on with it.");
    assertThat(PageTest.words(Page.text(searched("the budget is used up"), "t")))
        .contains("The search stopped early, after generation 19. The budget is used up.");
  }

  @Test
  void andTheConsole() {
    StringWriter console = new StringWriter();
    SearchResult result = SEARCH.result().orElseThrow();
    try (Progress progress = new ProgressLines(new PrintWriter(console), () -> 0)) {
      new SearchProgress(progress, 20).searchDone(result);
    }

    assertThat(console.toString())
        .matches(
            "search: done: the best validation accuracy is 0\\.\\d{4}, of generation "
                + result.bestEpoch()
                + "; the last generation is 19\\R");
  }
}
