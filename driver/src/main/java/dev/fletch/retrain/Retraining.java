package dev.fletch.retrain;

import dev.fletch.data.DataSettings;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Retrains every candidate with every seed. Jobs that an earlier start of the same run finished,
 * with the same settings, are not repeated; unfinished ones go on from their checkpoints.
 */
public final class Retraining {
  /** Which jobs there are, and what a search sees, does not change what one of them yields. */
  private static final Set<String> NOT_OF_A_JOB =
      Set.of(
          "retrain.candidates",
          "retrain.seeds",
          "retrain.halving.rungs",
          "retrain.halving.keep",
          "data.search-limit",
          "data.search-portion");

  private final RetrainSettings settings;
  private final DataSettings data;
  private final ResultKeys keys;
  private final RunFolder run;
  private final JobRunner runner;
  private final RetrainListener listener;

  /** Folders of trainings that failed in this start: another rung would not help them. */
  private final Set<String> givenUp = new HashSet<>();

  /**
   * @param keys see {@link #resultKeys}
   * @param listener told of every job that is skipped, done or failed, and how far the others are
   */
  public Retraining(
      RetrainSettings settings,
      DataSettings data,
      ResultKeys keys,
      RunFolder run,
      JobRunner runner,
      RetrainListener listener) {
    this.settings = settings;
    this.data = data;
    this.keys = keys;
    this.run = run;
    this.runner = runner;
    this.listener = listener;
  }

  /**
   * The keys that decide what a training yields.
   *
   * @param resolved every key of the configuration, as {@code retrain.batch}, with its value
   */
  public static ResultKeys resultKeys(Map<String, String> resolved) {
    Map<String, String> chosen = new TreeMap<>();
    resolved.forEach(
        (key, value) -> {
          if ((key.startsWith("retrain.") || key.startsWith("data."))
              && !NOT_OF_A_JOB.contains(key)
              && !ResultKeys.WITHOUT_INFLUENCE.contains(key)) {
            chosen.put(key, value);
          }
        });
    return ResultKeys.of(chosen);
  }

  /** Runs what is left to do and returns the results of all. */
  public RetrainResult run(List<Candidate> asked) {
    SettingsFile.write(run, keys);
    List<Candidate> candidates = HeldCandidates.of(run, listener::note).settled(asked, run);
    candidates.forEach(this::describe);
    HalvingSettings halving = settings.fanOut().halving();
    List<Candidate> running = candidates;
    for (int epochs : halving.rungs()) {
      train(running, epochs);
      Rung.Decision decision = new Rung(epochs).decide(run, running, settings.seeds(), halving);
      decision.stopped().forEach(this::stop);
      running = decision.goesOn();
    }
    train(running, settings.network().epochs());
    return RetrainResult.read(run, candidates, settings.seeds());
  }

  private void sayTrained(TrainingResult result, int trained, int of) {
    sayOf(
        result.candidate(),
        result.seed(),
        String.format(
            Locale.ROOT,
            ": test %s %.4f after %.0f s (%d of %d trainings)",
            result.metric().name(),
            result.testFigure(),
            result.seconds(),
            trained,
            of));
  }

  /** A disk without room for this has none for the training either, which will say so. */
  private void describe(Candidate candidate) {
    try {
      CandidateFile.write(run, candidate);
    } catch (RunFolderException e) {
      listener.note("retrain " + candidate.id() + ": it cannot be described: " + e.getMessage());
    }
  }

  private void train(List<Candidate> candidates, int untilEpoch) {
    List<CandidateJob> open = new ArrayList<>();
    for (CandidateJob job : jobs(candidates, untilEpoch)) {
      if (isDone(job)) {
        sayOf(job.candidate(), job.seed(), ": already done");
      } else if (!givenUp.contains(job.folder())) {
        // What an interrupted run leaves must not look like a result of these settings.
        ResultFile.delete(run, job);
        open.add(job);
      }
    }
    if (!open.isEmpty()) {
      AtomicInteger trained = new AtomicInteger();
      try (TrainingWatch watch = new TrainingWatch(run, open, listener, TrainingWatch.EVERY)) {
        Consumer<Outcome> ended =
            outcome -> {
              watch.ended(outcome);
              if (outcome instanceof Outcome.Trained done) {
                sayTrained(done.result(), trained.incrementAndGet(), open.size());
              }
            };
        record(open, runner.runAll(List.copyOf(open), settings.fanOut().parallel(), ended));
      }
    }
  }

  /** Trainings that failed before stay failed: that says more. */
  private void stop(Candidate candidate, String reason) {
    for (CandidateJob job : jobs(List.of(candidate), settings.network().epochs())) {
      if (ResultFile.read(run, job.candidate(), job.seed()).isEmpty()) {
        Outcome.Stopped stopped = new Outcome.Stopped(job.candidate(), job.seed(), reason);
        ResultFile.write(run, stopped, job.resultKeys().digest());
        sayOf(job.candidate(), job.seed(), " stopped: " + reason);
      }
    }
  }

  private void sayOf(String candidate, long seed, String what) {
    listener.note("retrain " + candidate + ", seed " + seed + what);
  }

  private List<CandidateJob> jobs(List<Candidate> candidates, int untilEpoch) {
    List<CandidateJob> jobs = new ArrayList<>();
    for (Candidate candidate : candidates) {
      for (long seed : settings.seeds()) {
        jobs.add(
            new CandidateJob(
                candidate.id(),
                candidate.genotype(),
                seed,
                untilEpoch,
                settings,
                data,
                run.path(),
                keys,
                run.writer()));
      }
    }
    return jobs;
  }

  private boolean isDone(CandidateJob job) {
    return ResultFile.read(run, job.candidate(), job.seed())
        .filter(entry -> entry.outcome() instanceof Outcome.Trained)
        .filter(entry -> entry.digest().equals(job.resultKeys().digest()))
        .isPresent();
  }

  private void record(List<CandidateJob> jobs, List<Outcome> outcomes) {
    if (outcomes.size() != jobs.size()) {
      throw new IllegalStateException(
          jobs.size()
              + " trainings were to be run, but "
              + outcomes.size()
              + " outcomes came back");
    }
    for (int i = 0; i < jobs.size(); i++) {
      CandidateJob job = jobs.get(i);
      if (outcomes.get(i) instanceof Outcome.Failed failed) {
        sayOf(job.candidate(), job.seed(), " failed: " + failed.message());
        givenUp.add(job.folder());
        record(job, failed);
      }
    }
  }

  /** A disk that was full for the training may be so for this; the other results still count. */
  private void record(CandidateJob job, Outcome.Failed failed) {
    try {
      ResultFile.write(run, failed, job.resultKeys().digest());
    } catch (RunFolderException e) {
      sayOf(job.candidate(), job.seed(), ": its failure cannot be recorded: " + e.getMessage());
    }
  }
}
