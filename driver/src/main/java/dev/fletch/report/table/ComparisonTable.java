package dev.fletch.report.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.RunLine;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.Json;
import java.util.List;

/** Several runs as {@code comparison.json} and {@code comparison.csv}, a run after the other. */
public final class ComparisonTable {
  private static final FormatVersion VERSION = new FormatVersion(1);

  private ComparisonTable() {}

  public static String csv(RunComparison comparison) {
    StringBuilder csv =
        new StringBuilder(
            Csv.line(
                List.of(
                    "method",
                    "data",
                    "run",
                    "folder",
                    "candidate",
                    "metric",
                    "testMean",
                    "testStd",
                    "seeds",
                    "parameters",
                    "searchSeconds",
                    "trainingSeconds")));
    for (RunLine run : comparison.runs()) {
      csv.append(
          Csv.line(
              List.of(
                  run.method(),
                  run.data(),
                  run.run(),
                  run.folder(),
                  run.candidate(),
                  run.metric().name(),
                  Csv.number(run.testFigureMean()),
                  Csv.number(run.testFigureStd()),
                  Integer.toString(run.seeds()),
                  run.parameters() > 0 ? Long.toString(run.parameters()) : "",
                  Csv.number(run.searchSeconds()),
                  Csv.number(run.trainingSeconds()))));
    }
    return csv.toString();
  }

  public static String json(RunComparison comparison) {
    ObjectNode root = VERSION.start();
    comparison.methods().forEach(root.putArray("methods")::add);
    comparison.data().forEach(root.putArray("data")::add);
    var runs = root.putArray("runs");
    for (RunLine run : comparison.runs()) {
      ObjectNode at =
          runs.addObject()
              .put("method", run.method())
              .put("data", run.data())
              .put("run", run.run())
              .put("folder", run.folder())
              .put("candidate", run.candidate().isEmpty() ? null : run.candidate())
              .put("metric", run.metric().name());
      Json.number(at, "testMean", run.testFigureMean());
      Json.number(at, "testStd", run.testFigureStd());
      at.put("seeds", run.seeds())
          .put("parameters", run.parameters() > 0 ? run.parameters() : null);
      Json.number(at, "searchSeconds", run.searchSeconds());
      Json.number(at, "trainingSeconds", run.trainingSeconds());
    }
    return Json.indented(root);
  }
}
