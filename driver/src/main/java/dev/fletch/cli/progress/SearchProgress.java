package dev.fletch.cli.progress;

import dev.fletch.search.EpochRecord;
import dev.fletch.search.GenerationDetails;
import dev.fletch.search.SearchListener;
import dev.fletch.search.SearchResult;
import dev.fletch.search.SkipConnections;
import dev.fletch.settings.Plural;

/** Tells a search's progress to a person. */
public final class SearchProgress implements SearchListener {
  private final Progress progress;
  private final int epochs;
  private final String example;

  public SearchProgress(Progress progress, int epochs) {
    this(progress, epochs, "example");
  }

  /**
   * @param example what one is called, as {@link dev.fletch.task.Task#noun()}
   */
  public SearchProgress(Progress progress, int epochs, String example) {
    this.progress = progress;
    this.epochs = epochs;
    this.example = example;
  }

  @Override
  public void stepDone(int epoch, int step, int steps, double loss, double imagesPerSecond) {
    progress.update(
        "search",
        "step",
        (long) epoch * steps + step + 1,
        (long) epochs * steps,
        "epoch %d of %d, loss %.3f, %.0f %ss/s"
            .formatted(epoch, epochs, loss, imagesPerSecond, example));
  }

  @Override
  public void networkScored(int generation, int scored, int networks) {
    progress.update(
        "search",
        "network",
        scored,
        networks,
        "generation %d of at most %d".formatted(generation, epochs));
  }

  @Override
  public void epochDone(EpochRecord epoch) {
    epoch
        .generation()
        .ifPresentOrElse(details -> sayGeneration(epoch, details), () -> sayEpoch(epoch));
  }

  private void sayGeneration(EpochRecord epoch, GenerationDetails details) {
    String failed =
        details.failures().isEmpty() ? "" : ", %d failed".formatted(details.failures().size());
    progress.say(
        "search: generation %d: best validation %s %.4f (%s, %s, %s), mean %.4f; %s trained%s, %d so far"
            .formatted(
                epoch.epoch(),
                epoch.metric().name(),
                epoch.validationFigure(),
                Plural.of(details.nodes(), "node"),
                Plural.of(details.connections(), "connection"),
                Plural.of(details.parameters(), "weight"),
                details.meanFigure(),
                Plural.of(details.trained(), "network"),
                failed,
                details.evaluations()));
  }

  private void sayEpoch(EpochRecord epoch) {
    progress.say(
        "search: epoch %1$d: validation %2$s %3$.4f, training %2$s %4$.4f, temperature %5$.4g, %6$s"
            .formatted(
                epoch.epoch(),
                epoch.metric().name(),
                epoch.validationFigure(),
                epoch.trainFigure(),
                epoch.temperature(),
                SkipConnections.text(epoch.genotype())));
  }

  @Override
  public void searchDone(SearchResult result) {
    int best = result.bestEpoch();
    EpochRecord record = result.epochs().get(best);
    String beforeCollapse =
        result.beforeCollapse().isPresent()
            ? ", the one before a collapse is epoch " + result.beforeCollapse().getAsInt()
            : "";
    progress.say(
        "search: done: the best validation %s is %.4f, of %s; the last %s is %d%s"
            .formatted(
                record.metric().name(),
                record.validationFigure(),
                record.round().numbered(best),
                record.round().noun(),
                result.lastEpoch(),
                beforeCollapse));
  }

  @Override
  public void note(String line) {
    progress.say(line);
  }

  @Override
  public void warning(String line) {
    progress.say("warning: " + line);
  }
}
