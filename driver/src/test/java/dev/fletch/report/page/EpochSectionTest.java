package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.report.model.BestAgainstLast;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.Samples;
import dev.fletch.report.model.SearchReport;
import dev.fletch.report.model.WatchedSamples;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.SearchResult;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The table of epochs, best against last, and how a search that ended early is announced. */
class EpochSectionTest {
  @Test
  void everyEpochHasItsFiguresAndTheRetrainedOnesTheirTestAccuracy() {
    RunReport run = WatchedSamples.large();
    int best = run.search().bestEpoch().orElseThrow();
    EpochRecord epoch = run.search().epochs().get(best);
    String page = PageTest.words(Page.text(run, "t"));

    assertThat(page)
        .contains(
            "Epoch T Validation accuracy Discretised accuracy Gap Skip connections Eigenvalue Test"
                + " accuracy")
        .contains(
            "%d best validation %s %s %s %s %d / %d %s %s ± "
                .formatted(
                    best,
                    Figures.brief(epoch.temperature()),
                    Figures.percent(epoch.validationFigure()),
                    Figures.percent(epoch.watch().discretisedFigure()),
                    Figures.difference(epoch.metric(), epoch.discretisationGap()),
                    epoch.skipConnections().normal(),
                    epoch.skipConnections().reduction(),
                    Figures.brief(epoch.watch().alphaEigenvalue()),
                    Figures.percent(run.candidates().get(0).testFigureMean())))
        .contains("49 last 0.1 ")
        .contains("All 50 epochs");
    assertThat(PageTest.words(Page.text(Samples.tiny(), "t")))
        .contains("Epoch T Validation accuracy Skip connections Test accuracy")
        .doesNotContain("Discretised accuracy", "Dominant eigenvalue", "All 3 epochs", "Gap at");
  }

  @Test
  void gapsAtOtherTemperaturesAreThoseOfTheLastEpochThatHasThem() {
    String page = PageTest.words(Page.text(WatchedSamples.large(), "t"));
    double accuracy = WatchedSamples.large().search().last().orElseThrow().validationFigure();

    assertThat(page)
        .contains("The supernet of epoch 49 with the same weights and alpha")
        .contains(
            "5 %s %s +25.00 1 "
                .formatted(Figures.percent(accuracy - 0.05), Figures.percent(accuracy - 0.3)));
  }

  @Test
  void bestIsComparedWithLastAfterRetraining() {
    RunReport run = WatchedSamples.large();
    int best = run.search().bestEpoch().orElseThrow();

    assertThat(BestAgainstLast.sentence(run))
        .matches(
            "After retraining, the genotypes of epoch "
                + best
                + " \\(best validation accuracy\\) and epoch 49 \\(last\\) reach 97\\.\\d\\d % and"
                + " 97\\.61 %: the last is ahead by 0\\.\\d\\d points; over 3 seeds p = 0\\.\\d+:"
                + " (not )?distinguishable.*\\.");
    assertThat(Page.text(run, "t")).contains(BestAgainstLast.sentence(run));
    assertThat(BestAgainstLast.sentence(WatchedSamples.stopped())).as("best not trained").isEmpty();
    assertThat(BestAgainstLast.sentence(Samples.collapsed())).as("nothing trained").isEmpty();
    assertThat(BestAgainstLast.sentence(WatchedSamples.hypernetwork(0)))
        .as("genotypes of lambdas are not those of epochs")
        .isEmpty();
  }

  @Test
  void aSearchThatStoppedEarlySaysSoAtTheTop() {
    assertThat(PageTest.words(Page.text(WatchedSamples.stopped(), "t")))
        .contains(
            "The search stopped early, after epoch 29. The dominant eigenvalue grew by more than"
                + " 1.3 over 5 epochs. The candidate before-collapse is epoch 24.")
        .contains("24 before collapse ");
    SearchReport search = Samples.search(3, 0.6);
    SearchReport interrupted =
        Samples.with(search, "darts", new SearchResult(search.epochs(), "interrupted"));
    RunReport run =
        Samples.of(
            interrupted, WatchedSamples.candidate("last", 2, OptionalDouble.empty(), 1, 0.5));
    assertThat(PageTest.words(Page.text(run, "t")))
        .contains("The search was interrupted after epoch 2. --resume goes on with it.");
  }
}
