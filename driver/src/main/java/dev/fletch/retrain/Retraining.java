package dev.fletch.retrain;

import dev.fletch.data.DataSettings;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Retrains every candidate with every seed. Jobs that an earlier start of the same run finished,
 * with the same settings, are not repeated; unfinished ones go on from their checkpoints.
 */
public final class Retraining {
  /** Which jobs there are and how many run at a time does not change what one of them yields. */
  private static final Set<String> NOT_OF_A_JOB =
      Set.of(
          "retrain.candidates",
          "retrain.seeds",
          "retrain.parallel",
          "retrain.time-limit-minutes",
          "data.search-portion");

  private final RetrainSettings settings;
  private final DataSettings data;
  private final ResultKeys keys;
  private final RunFolder run;
  private final JobRunner runner;
  private final Consumer<String> say;

  /**
   * @param keys see {@link #resultKeys}
   * @param say takes one line per job that is skipped or failed
   */
  public Retraining(
      RetrainSettings settings,
      DataSettings data,
      ResultKeys keys,
      RunFolder run,
      JobRunner runner,
      Consumer<String> say) {
    this.settings = settings;
    this.data = data;
    this.keys = keys;
    this.run = run;
    this.runner = runner;
    this.say = say;
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
              && !NOT_OF_A_JOB.contains(key)) {
            chosen.put(key, value);
          }
        });
    return ResultKeys.of(chosen);
  }

  /** Runs what is left to do and returns the results of all. */
  public RetrainResult run(List<Candidate> candidates) {
    candidates.forEach(candidate -> CandidateFile.write(run, candidate));
    List<CandidateJob> open = new ArrayList<>();
    for (CandidateJob job : jobs(candidates)) {
      if (isDone(job)) {
        say.accept("retrain " + job.candidate() + ", seed " + job.seed() + ": already done");
      } else {
        // What an interrupted run leaves must not look like a result of these settings.
        ResultFile.delete(run, job);
        open.add(job);
      }
    }
    if (!open.isEmpty()) {
      record(open, runner.runAll(List.copyOf(open), settings.fanOut().parallel()));
    }
    return RetrainResult.read(run, candidates, settings.seeds());
  }

  private List<CandidateJob> jobs(List<Candidate> candidates) {
    List<CandidateJob> jobs = new ArrayList<>();
    for (Candidate candidate : candidates) {
      for (long seed : settings.seeds()) {
        jobs.add(
            new CandidateJob(
                candidate.id(), candidate.genotype(), seed, settings, data, run.path(), keys));
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
        ResultFile.write(run, failed, job.resultKeys().digest());
        say.accept(
            "retrain " + job.candidate() + ", seed " + job.seed() + " failed: " + failed.message());
      }
    }
  }
}
