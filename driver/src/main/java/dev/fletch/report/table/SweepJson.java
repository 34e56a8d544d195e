package dev.fletch.report.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.gradient.Metric;
import dev.fletch.report.model.LambdaLine;
import dev.fletch.report.model.SweepReport;
import dev.fletch.report.model.TrialReport;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.Json;

/** {@code sweep.json}: the machine-readable report of a sweep, with a version of its own. */
public final class SweepJson {
  private static final FormatVersion VERSION = new FormatVersion(1);

  private SweepJson() {}

  public static String text(SweepReport sweep) {
    Metric metric = sweep.metric();
    ObjectNode root = VERSION.start();
    root.putObject("sweep").put("name", sweep.name()).put("command", sweep.command());
    var trials = root.putArray("trials");
    sweep.ranked().forEach(trial -> trial(trials.addObject(), trial));
    var groups = root.putArray("groups");
    for (SweepReport.Group group : sweep.groups()) {
      ObjectNode json = groups.addObject().put("name", group.name());
      Json.number(json, metric.field("test") + "Mean", group.testFigureMean());
      Json.number(json, metric.field("test") + "Std", group.testFigureStd());
      json.put("n", group.n());
      var names = json.putArray("trials");
      group.trials().forEach(t -> names.add(t.trial().name()));
      json.put("method", group.method().isEmpty() ? null : group.method());
      Json.number(json, "parametersMean", group.parametersMean());
      Json.number(json, "searchSecondsMean", group.mean(TrialReport.Result::searchSeconds));
      Json.number(json, "skipConnectionsNormalMean", group.mean(TrialReport.Result::normalSkips));
      Json.number(json, "discretisationGapMean", group.mean(TrialReport.Result::discretisationGap));
      Json.number(json, "genomeNodesMean", group.mean(TrialReport.Result::genomeNodes));
      Json.number(json, "genomeConnectionsMean", group.mean(TrialReport.Result::genomeConnections));
    }
    var lines = root.putArray("lambdas");
    sweep.lambdaLines().forEach(line -> lambdas(lines.addObject(), line, metric));
    return root.toPrettyString() + "\n";
  }

  private static void trial(ObjectNode json, TrialReport report) {
    TrialReport.Trial trial = report.trial();
    json.put("name", trial.name()).put("group", trial.group()).put("seed", trial.seed());
    ObjectNode labels = json.putObject("labels");
    trial.labels().forEach(labels::put);
    ObjectNode values = json.putObject("values");
    trial.values().forEach(values::put);
    json.put("status", report.status());
    json.put("failure", report.failure().isEmpty() ? null : report.failure());
    report.result().ifPresent(result -> result(json, result));
  }

  private static void result(ObjectNode json, TrialReport.Result result) {
    Metric metric = result.metric();
    json.put("bestCandidate", result.bestCandidate().isEmpty() ? null : result.bestCandidate());
    Json.number(json, metric.field("test") + "Mean", result.testFigureMean());
    Json.number(json, metric.field("test") + "Std", result.testFigureStd());
    json.put("n", result.n());
    json.put("parameters", result.parameters() > 0 ? result.parameters() : null);
    Json.number(json, "searchSeconds", result.searchSeconds());
    json.putNull("skipConnections");
    result
        .skips()
        .ifPresent(
            skips ->
                json.putObject("skipConnections")
                    .put("normal", skips.normal())
                    .put("reduction", skips.reduction()));
    result.identities().ifPresent(count -> json.put("identities", count));
    json.putNull("genome");
    result
        .genome()
        .ifPresent(
            genome ->
                json.putObject("genome")
                    .put("nodes", genome.nodes().size())
                    .put("connections", genome.connections()));
    Json.number(json, metric.field("validation"), result.validationFigure());
    json.put("method", result.method().isEmpty() ? null : result.method());
    Json.number(json, "discretisationGap", result.discretisationGap());
    json.put("stopReason", result.stopReason().isEmpty() ? null : result.stopReason());
  }

  private static void lambdas(ObjectNode json, LambdaLine line, Metric metric) {
    json.put("method", line.method()).put("label", line.epoch());
    json.put("epoch", line.number().isPresent() ? line.number().getAsInt() : null);
    json.put("searches", line.searches());
    var points = json.putArray("points");
    for (LambdaLine.At at : line.points()) {
      ObjectNode point = points.addObject().put("lambda", at.lambda());
      var candidates = point.putArray("candidates");
      at.candidates().forEach(candidates::add);
      Json.number(point, metric.field("test") + "Mean", at.testFigureMean());
      Json.number(point, metric.field("test") + "Std", at.testFigureStd());
      point.put("n", at.n());
      Json.number(point, "macroPrecisionMean", at.macroPrecision());
      Json.number(point, "parametersMean", at.parameters());
    }
  }
}
