package dev.fletch.cli.progress;

import dev.fletch.retrain.RetrainListener;
import dev.fletch.settings.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells a retraining's progress to a person. */
public final class RetrainProgress implements RetrainListener {
  private static final int NAMED = 2;

  private final Progress progress;

  public RetrainProgress(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void note(String line) {
    progress.say(line);
  }

  @Override
  public void underWay(Standing standing) {
    progress.update(
        "retrain", "epoch", standing.epochsDone(), standing.epochs(), detail(standing.running()));
  }

  private static String detail(List<Training> running) {
    if (running.isEmpty()) {
      return "no epoch finished since the start";
    }
    List<String> parts = new ArrayList<>();
    running.stream().limit(NAMED).map(RetrainProgress::text).forEach(parts::add);
    if (running.size() > NAMED) {
      parts.add(Plural.of(running.size() - NAMED, "more training"));
    }
    return String.join("; ", parts);
  }

  private static String text(Training training) {
    return String.format(
        Locale.ROOT,
        "%s, seed %d: %,d of %s, loss %.3f",
        training.candidate(),
        training.seed(),
        training.epochsDone(),
        Plural.of(training.epochs(), "epoch"),
        training.loss());
  }
}
