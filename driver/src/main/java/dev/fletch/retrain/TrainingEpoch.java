package dev.fletch.retrain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.JsonFields;
import dev.fletch.gradient.Metric;
import dev.fletch.runfolder.Json;
import dev.fletch.runfolder.MetricField;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One epoch of a training from scratch: a line of {@code metrics.jsonl}.
 *
 * @param trainLoss mean over the epoch's examples, each measured before its step; NaN is null in
 *     JSON
 * @param metric what ranks epochs, and what the figures of this one are
 * @param trainFigure over the epoch's examples, each measured before its step
 * @param seconds wall time of its steps
 * @param evaluated what the protocol measures after every epoch
 * @param course how it came about
 */
public record TrainingEpoch(
    int epoch,
    double learningRate,
    double trainLoss,
    Metric metric,
    double trainFigure,
    double seconds,
    double imagesPerSecond,
    Evaluated evaluated,
    Course course)
    implements Serializable {
  /** Of an epoch without incidents. */
  public TrainingEpoch(
      int epoch,
      double learningRate,
      double trainLoss,
      Metric metric,
      double trainFigure,
      double seconds,
      double imagesPerSecond,
      Evaluated evaluated) {
    this(
        epoch,
        learningRate,
        trainLoss,
        metric,
        trainFigure,
        seconds,
        imagesPerSecond,
        evaluated,
        Course.PLAIN);
  }

  /**
   * How an epoch came about.
   *
   * @param attempts how often it was begun: more than once where training diverged in it
   * @param averaged whether what was evaluated is the average of the weights
   */
  public record Course(int attempts, boolean averaged) implements Serializable {
    public static final Course PLAIN = new Course(1, false);
  }

  /**
   * Evaluations after an epoch's training. All NaN, and absent in JSON, where the protocol has
   * none; a loss that is not finite is null in JSON and NaN here.
   *
   * @param seconds wall time; 0 where there were none
   */
  public record Evaluated(
      double validationLoss,
      double validationFigure,
      double testLoss,
      double testFigure,
      double seconds)
      implements Serializable {
    public static final Evaluated NOTHING =
        new Evaluated(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
  }

  String toJson() {
    return tree().toString();
  }

  /**
   * Its fields as a line of {@code metrics.jsonl} has them. A loss that is not finite is null; what
   * the protocol does not measure is absent.
   */
  public ObjectNode tree() {
    ObjectNode json = Json.object().put("epoch", epoch);
    MetricField.write(json, metric);
    Json.number(json, "learningRate", learningRate);
    Json.number(json, "trainLoss", trainLoss);
    Json.number(json, metric.field("train"), trainFigure);
    Json.number(json, "seconds", seconds);
    Json.number(json, "imagesPerSecond", imagesPerSecond);
    if (!Double.isNaN(evaluated.validationFigure())) {
      Json.number(json, "validationLoss", evaluated.validationLoss());
      Json.number(json, metric.field("validation"), evaluated.validationFigure());
    }
    if (!Double.isNaN(evaluated.testFigure())) {
      Json.number(json, "testLoss", evaluated.testLoss());
      Json.number(json, metric.field("test"), evaluated.testFigure());
    }
    if (evaluated.seconds() > 0) {
      Json.number(json, "evaluationSeconds", evaluated.seconds());
    }
    if (course.attempts() > 1) {
      json.put("attempts", course.attempts());
    }
    if (course.averaged()) {
      json.put("averaged", true);
    }
    return json;
  }

  /**
   * @throws IllegalArgumentException if {@code line} is no line of metrics
   */
  static TrainingEpoch fromJson(String line) {
    JsonFields json = Json.object(line);
    Metric metric = MetricField.read(json);
    return new TrainingEpoch(
        json.integer("epoch"),
        json.number("learningRate"),
        json.number("trainLoss"),
        metric,
        json.number(metric.field("train")),
        json.number("seconds"),
        json.number("imagesPerSecond"),
        new Evaluated(
            json.numberIfThere("validationLoss").orElse(Double.NaN),
            json.numberIfThere(metric.field("validation")).orElse(Double.NaN),
            json.numberIfThere("testLoss").orElse(Double.NaN),
            json.numberIfThere(metric.field("test")).orElse(Double.NaN),
            json.numberIfThere("evaluationSeconds").orElse(0)),
        new Course(
            json.integerIfThere("attempts").orElse(1),
            json.has("averaged") && json.flag("averaged")));
  }

  /** Where the curve of a training is, relative to the run. */
  static String file(String candidate, long seed) {
    return CandidateJob.folder(candidate, seed) + "/metrics.jsonl";
  }

  /** The curve of a training so far; empty if it has not finished an epoch. */
  public static List<TrainingEpoch> read(RunFolder run, String candidate, long seed) {
    String file = file(candidate, seed);
    List<TrainingEpoch> epochs = new ArrayList<>();
    if (!run.exists(file)) {
      return epochs;
    }
    for (String line : run.readLines(file)) {
      try {
        epochs.add(fromJson(line));
      } catch (IllegalArgumentException e) {
        throw new RunFolderException(
            "%s/%s:%d: is no line of metrics (%s)"
                .formatted(run.path(), file, epochs.size() + 1, e.getMessage()),
            e);
      }
    }
    return epochs;
  }
}
