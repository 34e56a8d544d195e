package dev.fletch.report.table;

import dev.fletch.report.model.MethodResult;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.RunLine;
import dev.fletch.report.model.StructureSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Several runs as RFC 4180 text. */
public final class ComparisonCsv {
  private ComparisonCsv() {}

  /** {@code comparison.csv}: a line for each run and method. */
  public static String runs(RunComparison comparison) {
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
                    "trainingSeconds",
                    "multiplyAdds",
                    "sourceRun",
                    "sourceData",
                    "sourceMethod",
                    "sourceCandidate",
                    "candidates")));
    comparison.runs().forEach(run -> csv.append(Csv.line(fields(run))));
    return csv.toString();
  }

  private static List<String> fields(RunLine run) {
    return List.of(
        run.method(),
        run.data(),
        run.run(),
        run.folder(),
        run.candidate(),
        run.metric().name(),
        Csv.number(run.testFigureMean()),
        Csv.number(run.testFigureStd()),
        Integer.toString(run.seeds()),
        count(run.cost().parameters()),
        Csv.number(run.cost().searchSeconds()),
        Csv.number(run.cost().trainingSeconds()),
        count(run.cost().multiplyAdds()),
        source(run.source(), StructureSource::run),
        source(run.source(), StructureSource::data),
        source(run.source(), StructureSource::method),
        source(run.source(), StructureSource::candidate),
        Integer.toString(run.candidates()));
  }

  /** {@code table.csv}: a line for each data set, method and setting, over seeds. */
  public static String table(RunComparison comparison) {
    StringBuilder csv =
        new StringBuilder(
            Csv.line(
                List.of(
                    "data",
                    "method",
                    "foundOn",
                    "metric",
                    "testMean",
                    "testStd",
                    "seeds",
                    "runs",
                    "parameters",
                    "multiplyAdds",
                    "searchSeconds",
                    "trainingSeconds",
                    "candidates")));
    comparison.results().forEach(result -> csv.append(Csv.line(fields(result))));
    return csv.toString();
  }

  private static List<String> fields(MethodResult result) {
    return List.of(
        result.data(),
        result.method(),
        source(result.source(), StructureSource::data),
        result.metric().name(),
        Csv.number(result.mean()),
        Csv.number(result.std()),
        Integer.toString(result.seeds()),
        Integer.toString(result.runs().size()),
        count(result.parameters()),
        count(result.multiplyAdds()),
        Csv.number(result.searchSeconds()),
        Csv.number(result.trainingSeconds()),
        Integer.toString(result.candidates()));
  }

  private static String source(
      Optional<StructureSource> source, Function<StructureSource, String> field) {
    return source.map(field).orElse("");
  }

  private static String count(long number) {
    return number > 0 ? Long.toString(number) : "";
  }
}
