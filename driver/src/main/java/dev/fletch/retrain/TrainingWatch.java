package dev.fletch.retrain;

import dev.fletch.retrain.RetrainListener.Standing;
import dev.fletch.retrain.RetrainListener.Training;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.settings.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks every few seconds how far trainings are. They may run in any process that sees the run
 * folder, so their files are what is looked at.
 */
final class TrainingWatch implements AutoCloseable {
  static final Duration EVERY = Duration.ofSeconds(5);

  private final RunFolder run;
  private final List<CandidateJob> jobs;
  private final RetrainListener listener;
  private final Map<CandidateJob, Integer> atStart = new HashMap<>();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("training-watch"));

  /**
   * @param jobs that are about to be run
   */
  TrainingWatch(RunFolder run, List<CandidateJob> jobs, RetrainListener listener, Duration every) {
    this.run = run;
    this.jobs = jobs;
    this.listener = listener;
    jobs.forEach(job -> atStart.put(job, epochs(job).size()));
    look();
    ScheduledFuture<?> unused = // looks for as long as the timer lives; says itself what fails
        timer.scheduleWithFixedDelay(
            this::lookOrSayWhyNot, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** To be told of every training that has come to an end. */
  void ended(Outcome outcome) {
    ended.add(CandidateJob.folder(outcome.candidate(), outcome.seed()));
  }

  private void lookOrSayWhyNot() {
    try {
      look();
    } catch (RuntimeException e) {
      listener.note("retrain: cannot see how far it is: " + e.getMessage());
    }
  }

  private void look() {
    long done = 0;
    long all = 0;
    List<Training> running = new ArrayList<>();
    for (CandidateJob job : jobs) {
      all += job.untilEpoch();
      if (ended.contains(job.folder())) {
        done += job.untilEpoch();
        continue;
      }
      List<TrainingEpoch> epochs = epochs(job);
      done += Math.min(epochs.size(), job.untilEpoch());
      if (!epochs.isEmpty() && epochs.size() != atStart.get(job)) {
        running.add(
            new Training(
                job.candidate(),
                job.seed(),
                epochs.size(),
                job.settings().network().epochs(),
                epochs.get(epochs.size() - 1).trainLoss()));
      }
    }
    listener.underWay(new Standing(done, all, running));
  }

  private List<TrainingEpoch> epochs(CandidateJob job) {
    return TrainingEpoch.read(run, job.candidate(), job.seed());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
