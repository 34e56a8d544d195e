package dev.fletch.report.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.report.model.MethodResult;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.RunCost;
import dev.fletch.report.model.RunLine;
import dev.fletch.report.model.StructureSource;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.Json;

/** Several runs as {@code comparison.json}. */
public final class ComparisonJson {
  private static final FormatVersion VERSION = new FormatVersion(1);

  private ComparisonJson() {}

  public static String text(RunComparison comparison) {
    ObjectNode root = VERSION.start();
    comparison.methods().forEach(root.putArray("methods")::add);
    comparison.data().forEach(root.putArray("data")::add);
    var runs = root.putArray("runs");
    comparison.runs().forEach(run -> run(runs.addObject(), run));
    var table = root.putArray("table");
    comparison.results().forEach(result -> result(table.addObject(), result));
    return Json.indented(root);
  }

  private static void run(ObjectNode json, RunLine run) {
    json.put("method", run.method())
        .put("data", run.data())
        .put("run", run.run())
        .put("folder", run.folder())
        .put("candidate", run.candidate().isEmpty() ? null : run.candidate())
        .put("metric", run.metric().name());
    Json.number(json, "testMean", run.testFigureMean());
    Json.number(json, "testStd", run.testFigureStd());
    json.put("seeds", run.seeds()).put("candidates", run.candidates());
    cost(json, run.cost());
    json.putNull("source");
    run.source().ifPresent(source -> source(json.putObject("source"), source));
  }

  private static void source(ObjectNode json, StructureSource source) {
    json.put("run", source.run())
        .put("folder", source.folder())
        .put("data", source.data().isEmpty() ? null : source.data())
        .put("method", source.method().isEmpty() ? null : source.method())
        .put("candidate", source.candidate());
  }

  private static void result(ObjectNode json, MethodResult result) {
    json.put("data", result.data())
        .put("method", result.method())
        .put("foundOn", result.source().map(StructureSource::data).orElse(null))
        .put("metric", result.metric().name());
    Json.number(json, "testMean", result.mean());
    Json.number(json, "testStd", result.std());
    json.put("seeds", result.seeds())
        .put("runs", result.runs().size())
        .put("candidates", result.candidates());
    cost(
        json,
        new RunCost(
            result.parameters(),
            result.multiplyAdds(),
            result.searchSeconds(),
            result.trainingSeconds()));
  }

  private static void cost(ObjectNode json, RunCost cost) {
    json.put("parameters", cost.parameters() > 0 ? cost.parameters() : null);
    Json.number(json, "searchSeconds", cost.searchSeconds());
    Json.number(json, "trainingSeconds", cost.trainingSeconds());
    json.put("multiplyAdds", cost.multiplyAdds() > 0 ? cost.multiplyAdds() : null);
  }
}
