package dev.fletch.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.retrain.RetrainListener;
import dev.fletch.retrain.RetrainListener.Standing;
import dev.fletch.retrain.RetrainListener.Training;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter out = new StringWriter();
  private long seconds;

  @Test
  void linesComeAtTheStartAtTheEndAndEveryTenSeconds() {
    try (Progress progress = new ProgressLines(new PrintWriter(out), this::nanos)) {
      for (int done = 0; done <= 30; done += 5) {
        progress.update("search", "step", done, 30, done == 10 ? "loss 1.5" : "");
        seconds += 5;
      }
      progress.say("done");
    }

    assertThat(out.toString().lines())
        .containsExactly(
            "search: 0 of 30 steps, ? left",
            "search: 10 of 30 steps, 20s left, loss 1.5",
            "search: 20 of 30 steps, 10s left",
            "search: 30 of 30 steps, 0s left",
            "done");
  }

  @Test
  void phasesThatRunTogetherAreToldApart() {
    try (Progress progress = new ProgressLines(new PrintWriter(out), this::nanos)) {
      progress.update("retrain last", "epoch", 0, 4, "");
      progress.update("retrain best-validation", "epoch", 0, 4, "");
      seconds = 100;
      progress.update("retrain last", "epoch", 1, 4, "");
      progress.update("retrain best-validation", "epoch", 2, 4, "");
    }

    assertThat(out.toString().lines())
        .containsExactly(
            "retrain last: 0 of 4 epochs, ? left",
            "retrain best-validation: 0 of 4 epochs, ? left",
            "retrain last: 1 of 4 epochs, 5m00s left",
            "retrain best-validation: 2 of 4 epochs, 1m40s left");
  }

  @Test
  void theBarIsRedrawnAndGivesWayToLines() {
    try (Progress progress = new ProgressBar(new PrintWriter(out), this::nanos)) {
      progress.update("search", "step", 0, 4, "");
      seconds = 2;
      progress.update("search", "step", 1, 4, "epoch 0 of 4");
      progress.say("epoch 0 is done");
    }

    assertThat(out.toString())
        .isEqualTo(
            "\r\u001b[Ksearch [------------------------] 0%, ? left"
                + "\r\u001b[Ksearch [######------------------] 25%, 6s left  epoch 0 of 4"
                + "\r\u001b[Kepoch 0 is done\n");
  }

  @Test
  void trainingsUnderWayAreNamedWithEpochsLossAndTimeLeft() {
    try (Progress progress = new ProgressLines(new PrintWriter(out), this::nanos)) {
      RetrainListener listener = new RetrainProgress(progress);
      listener.underWay(new Standing(0, 600, List.of()));
      seconds = 15;
      Training last = new Training("last", 0, 30, 300, 1.2345);
      listener.underWay(new Standing(30, 600, List.of(last)));
      seconds = 30;
      Training other = new Training("epoch-3", 1, 1, 1, 2);
      listener.underWay(new Standing(60, 600, List.of(last, other, last, last)));
    }

    assertThat(out.toString().lines())
        .containsExactly(
            "retrain: 0 of 600 epochs, ? left, no epoch finished since the start",
            "retrain: 30 of 600 epochs, 4m45s left, last, seed 0: 30 of 300 epochs, loss 1.235",
            "retrain: 60 of 600 epochs, 4m30s left, last, seed 0: 30 of 300 epochs, loss 1.235;"
                + " epoch-3, seed 1: 1 of 1 epoch, loss 2.000; 2 more trainings");
  }

  @Test
  void longTimesAreToldInTheirTwoLargestUnits() {
    assertThat(TimeLeft.duration(59)).isEqualTo("59s");
    assertThat(TimeLeft.duration(61)).isEqualTo("1m01s");
    assertThat(TimeLeft.duration(3600 * 26 + 120)).isEqualTo("26h02m");
  }

  private long nanos() {
    return seconds * 1_000_000_000L;
  }
}
