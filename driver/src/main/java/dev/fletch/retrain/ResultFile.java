package dev.fletch.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.Optional;

/** {@code retrain/CANDIDATE/seed-N/result.json}: what came of a job, and for which settings. */
final class ResultFile {
  private static final FormatVersion VERSION = new FormatVersion(1);
  private static final String DONE = "done";
  private static final String FAILED = "failed";
  private static final String STOPPED = "stopped";

  private ResultFile() {}

  /**
   * An outcome as it was written.
   *
   * @param digest of the job's {@link CandidateJob#resultKeys}
   */
  record Entry(Outcome outcome, String digest) {}

  static void write(RunFolder run, TrainingResult result, String digest) {
    ObjectNode json = start(result.candidate(), result.seed(), DONE, digest);
    json.putNull("failure");
    json.put("testAccuracy", result.testAccuracy())
        .put("testLoss", result.testLoss())
        .put("parameters", result.cost().parameters())
        .put("seconds", result.seconds())
        .put("epochs", result.epochs());
    ResultMetrics.put(json, result);
    run.writeText(name(result.candidate(), result.seed()), json.toPrettyString() + "\n");
  }

  static void write(RunFolder run, Outcome.Failed failed, String digest) {
    writeUnmeasured(run, failed, FAILED, failed.message(), digest);
  }

  static void write(RunFolder run, Outcome.Stopped stopped, String digest) {
    writeUnmeasured(run, stopped, STOPPED, stopped.message(), digest);
  }

  private static void writeUnmeasured(
      RunFolder run, Outcome outcome, String status, String reason, String digest) {
    ObjectNode json = start(outcome.candidate(), outcome.seed(), status, digest);
    json.put("failure", reason);
    for (String unknown : new String[] {"testAccuracy", "testLoss", "parameters", "seconds"}) {
      json.putNull(unknown);
    }
    json.put("epochs", TrainingEpoch.read(run, outcome.candidate(), outcome.seed()).size());
    ResultMetrics.putUnknown(json);
    run.writeText(name(outcome.candidate(), outcome.seed()), json.toPrettyString() + "\n");
  }

  private static ObjectNode start(String candidate, long seed, String status, String digest) {
    return VERSION
        .start()
        .put("candidate", candidate)
        .put("seed", seed)
        .put("status", status)
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
      JsonNode json = VERSION.read(run.readText(name), run.path() + "/" + name);
      return Optional.of(
          new Entry(outcome(json, candidate, seed), json.required("settings").asText()));
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

  private static Outcome outcome(JsonNode json, String candidate, long seed) {
    String status = json.required("status").asText();
    if (status.equals(STOPPED)) {
      return new Outcome.Stopped(candidate, seed, json.required("failure").asText());
    }
    if (!status.equals(DONE)) {
      return new Outcome.Failed(candidate, seed, json.required("failure").asText());
    }
    return new Outcome.Trained(
        new TrainingResult(
            candidate,
            seed,
            json.required("testAccuracy").asDouble(),
            json.required("testLoss").asDouble(),
            ResultMetrics.confusion(json),
            ResultMetrics.classNames(json),
            ResultMetrics.best(json),
            new TrainingResult.NetworkCost(
                json.required("parameters").asLong(), json.path("multiplyAdds").asLong(0)),
            json.required("seconds").asDouble(),
            json.path("imagesPerSecond").asDouble(Double.NaN),
            json.required("epochs").asInt()));
  }

  private static String name(String candidate, long seed) {
    return CandidateJob.folder(candidate, seed) + "/result.json";
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
