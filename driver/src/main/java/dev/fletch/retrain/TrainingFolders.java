package dev.fletch.retrain;

import dev.fletch.architecture.Architecture;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a run's trainings lie, and what is known of each by now. */
final class TrainingFolders {
  static final String ROOT = "retrain";
  private static final Pattern SEED = Pattern.compile("seed-(-?\\d{1,18})");

  private final RunFolder run;
  private final Optional<ResultKeys> now;

  /**
   * @throws dev.fletch.runfolder.RunFolderException if the file of the run's retraining settings
   *     cannot be understood
   */
  TrainingFolders(RunFolder run) {
    this.run = run;
    this.now = SettingsFile.read(run);
  }

  /** The folder of one training, for example {@code retrain/last/seed-0}. */
  static String name(String candidate, long seed) {
    return ROOT + "/" + candidate + "/seed-" + seed;
  }

  /** Names of the candidates' folders, sorted. */
  static List<String> candidates(RunFolder run) {
    return run.folders(ROOT);
  }

  /** Seeds that a candidate has a training of, rising. */
  static List<Long> seeds(RunFolder run, String candidate) {
    return run.folders(ROOT + "/" + candidate).stream()
        .map(SEED::matcher)
        .filter(Matcher::matches)
        .map(seed -> Long.parseLong(seed.group(1)))
        .sorted()
        .toList();
  }

  /**
   * What came of all trainings of a candidate, by rising seed.
   *
   * @param genotype what the candidate is
   */
  List<Outcome> outcomes(String candidate, Architecture genotype) {
    return seeds(run, candidate).stream()
        .map(
            seed ->
                outcome(candidate, genotype, seed).orElse(new Outcome.Unfinished(candidate, seed)))
        .toList();
  }

  /**
   * What came of a training. Where the run's newest retraining has other settings, or the candidate
   * is another network by now, that is no result to be compared with its others.
   *
   * @return empty if it has not come to an end
   */
  Optional<Outcome> outcome(String candidate, Architecture genotype, long seed) {
    return ResultFile.read(run, candidate, seed)
        .map(
            entry ->
                isOfNow(entry, genotype, seed)
                    ? entry.outcome()
                    : new Outcome.OtherSettings(candidate, seed));
  }

  /** Where nothing says how the newest retraining trains, an older Fletch trained all. */
  private boolean isOfNow(ResultFile.Entry entry, Architecture genotype, long seed) {
    return now.map(keys -> CandidateJob.resultKeys(keys, genotype, seed).digest())
        .map(entry.digest()::equals)
        .orElse(true);
  }
}
