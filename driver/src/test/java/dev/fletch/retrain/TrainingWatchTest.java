package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.gradient.Metrics;
import dev.fletch.runfolder.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingWatchTest {
  private static final Duration OFTEN = Duration.ofMillis(50);

  @TempDir Path temporary;
  private final BlockingQueue<RetrainListener.Standing> seen = new LinkedBlockingQueue<>();

  private final RetrainListener listener =
      new RetrainListener() {
        @Override
        public void note(String line) {
          throw new AssertionError(line);
        }

        @Override
        public void underWay(Standing standing) {
          seen.add(standing);
        }
      };

  @Test
  void epochsOfATrainingAreSeenWhereverItRuns() throws InterruptedException {
    RunFolder run = RunFolder.create(temporary.resolve("run").toString(), new Configuration());
    CandidateJob job = ToyJobs.job(run, "5");
    try (TrainingWatch watch = new TrainingWatch(run, List.of(job), listener, OFTEN)) {
      assertThat(seen.take()).isEqualTo(new RetrainListener.Standing(0, 4, List.of()));

      run.writeLines(
          TrainingEpoch.file("last", 5), List.of(epoch(0, 2.5).toJson(), epoch(1, 1.25).toJson()));
      assertThat(next(2).running())
          .containsExactly(new RetrainListener.Training("last", 5, 2, ToyJobs.EPOCHS, 1.25));

      watch.ended(new Outcome.Failed("last", 5, "it diverged"));
      assertThat(next(4).running()).isEmpty();
    }
  }

  private RetrainListener.Standing next(long epochsDone) throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      RetrainListener.Standing standing = seen.poll(10, TimeUnit.SECONDS);
      if (standing == null || standing.epochsDone() == epochsDone) {
        assertThat(standing).as("a look within ten seconds").isNotNull();
        return standing;
      }
    }
    throw new AssertionError("never saw " + epochsDone + " epochs");
  }

  private static TrainingEpoch epoch(int epoch, double loss) {
    return new TrainingEpoch(
        epoch, 0.1, loss, Metrics.DEFAULT, 0.5, 1, 10, TrainingEpoch.Evaluated.NOTHING);
  }
}
