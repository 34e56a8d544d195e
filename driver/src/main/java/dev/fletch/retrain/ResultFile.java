package dev.fletch.retrain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.JsonFields;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.MetricField;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.List;
import java.util.Optional;

/** {@code retrain/CANDIDATE/seed-N/result.json}: what came of a job, and for which settings. */
final class ResultFile {
  private static final FormatVersion VERSION = new FormatVersion(1);

  private ResultFile() {}

  /**
   * An outcome as it was written.
   *
   * @param digest of the job's {@link CandidateJob#resultKeys}
   */
  record Entry(Outcome outcome, String digest) {}

  static void write(RunFolder run, TrainingResult result, String digest) {
    ObjectNode json = start(new Outcome.Trained(result), digest);
    json.putNull("failure");
    MetricField.write(json, result.metric());
    json.put(result.metric().field("test"), result.testFigure())
        .put("testLoss", result.testLoss())
        .put("parameters", result.cost().parameters())
        .put("seconds", result.seconds())
        .put("epochs", result.epochs());
    ResultMetrics.put(json, result);
    run.writeText(name(result.candidate(), result.seed()), json.toPrettyString() + "\n");
  }

  static void write(RunFolder run, Outcome.Failed failed, String digest) {
    writeUnmeasured(run, failed, digest);
  }

  static void write(RunFolder run, Outcome.Stopped stopped, String digest) {
    writeUnmeasured(run, stopped, digest);
  }

  private static void writeUnmeasured(RunFolder run, Outcome outcome, String digest) {
    ObjectNode json = start(outcome, digest);
    json.put("failure", outcome.reason());
    Metric metric = Metrics.DEFAULT; // of nothing measured
    List.of(metric.field("test"), "testLoss", "parameters", "seconds").forEach(json::putNull);
    json.put("epochs", TrainingEpoch.read(run, outcome.candidate(), outcome.seed()).size());
    ResultMetrics.putUnknown(json, metric);
    run.writeText(name(outcome.candidate(), outcome.seed()), json.toPrettyString() + "\n");
  }

  private static ObjectNode start(Outcome outcome, String digest) {
    return VERSION
        .start()
        .put("candidate", outcome.candidate())
        .put("seed", outcome.seed())
        .put("status", outcome.status())
        .put("settings", digest);
  }

  /**
   * @return empty if the job has not come to an end
   * @throws RunFolderException if the file cannot be understood, or a newer Fletch wrote it
   */
  static Optional<Entry> read(RunFolder run, String candidate, long seed) {
    String name = name(candidate, seed);
    if (!run.exists(name)) {
      return Optional.empty();
    }
    try {
      JsonFields json = JsonFields.open(VERSION.read(run.readText(name), run.path() + "/" + name));
      return Optional.of(new Entry(outcome(json, candidate, seed), json.text("settings")));
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(
          run.path()
              + "/"
              + name
              + ": is not readable as a result ("
              + firstLine(e)
              + "): delete it to train again",
          e);
    }
  }

  static void delete(RunFolder run, CandidateJob job) {
    run.delete(name(job.candidate(), job.seed()));
  }

  private static Outcome outcome(JsonFields json, String candidate, long seed) {
    return switch (json.text("status")) {
      case "done" -> new Outcome.Trained(result(json, candidate, seed));
      case "stopped" -> new Outcome.Stopped(candidate, seed, json.text("failure"));
      default -> new Outcome.Failed(candidate, seed, json.text("failure"));
    };
  }

  private static TrainingResult result(JsonFields json, String candidate, long seed) {
    Metric metric = MetricField.read(json);
    return new TrainingResult(
        candidate,
        seed,
        metric,
        json.number(metric.field("test")),
        json.number("testLoss"),
        ResultMetrics.confusion(json.node()),
        ResultMetrics.classNames(json.node()),
        ResultMetrics.best(json, metric),
        new TrainingResult.NetworkCost(
            json.longInteger("parameters"),
            json.hasValue("multiplyAdds") ? json.longInteger("multiplyAdds") : 0),
        json.number("seconds"),
        json.numberIfThere("imagesPerSecond").orElse(Double.NaN),
        json.integer("epochs"));
  }

  private static String name(String candidate, long seed) {
    return CandidateJob.folder(candidate, seed) + "/result.json";
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
