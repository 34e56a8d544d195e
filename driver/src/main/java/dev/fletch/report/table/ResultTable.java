package dev.fletch.report.table;

import dev.fletch.gradient.Metric;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.retrain.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The table of all trainings, one row per candidate and seed, in the order of the run. */
public final class ResultTable {
  /** What a column holds. */
  enum Type {
    TEXT,
    INTEGER,
    NUMBER
  }

  /**
   * A column.
   *
   * @param value String, Long or Double as its type says; null when unknown
   */
  record Column(String name, Type type, Function<Row, Object> value) {}

  /** One training. */
  record Row(RunReport report, CandidateReport candidate, TrainingReport training) {}

  private ResultTable() {}

  /** Of a run whose trainings have figures of {@code metric}. */
  static List<Column> columns(Metric metric) {
    return List.of(
        text("run", r -> r.report().run().name()),
        text("candidate", r -> r.candidate().id()),
        text("origins", r -> r.candidate().origin()),
        text("genotype", r -> r.candidate().genotype().text()),
        integer("seed", r -> r.training().seed()),
        text("status", r -> r.training().outcome().status()),
        text("failure", r -> r.training().outcome().reason()),
        result(metric.field("test"), TrainingResult::testFigure),
        result("testLoss", TrainingResult::testLoss),
        result("macroPrecision", r -> r.confusion().macroPrecision()),
        result("macroRecall", r -> r.confusion().macroRecall()),
        result("macroF1", r -> r.confusion().macroF1()),
        result(metric.field("bestTest"), r -> r.best().testFigure()),
        count("bestTestEpoch", r -> r.best().epoch(), 0),
        count("testExamples", r -> r.confusion().examples(), 1),
        integer(
            "parameters", r -> r.candidate().parameters() > 0 ? r.candidate().parameters() : null),
        count("multiplyAdds", r -> r.cost().multiplyAdds(), 1),
        result("seconds", TrainingResult::seconds),
        result("imagesPerSecond", TrainingResult::imagesPerSecond),
        count("epochs", TrainingResult::epochs, 1),
        text("protocol", r -> r.report().protocol().testing().text()),
        number("validationPortion", r -> r.report().protocol().validationPortion()));
  }

  static List<Row> rows(RunReport report) {
    List<Row> rows = new ArrayList<>();
    for (CandidateReport candidate : report.candidates()) {
      candidate.trainings().forEach(t -> rows.add(new Row(report, candidate, t)));
    }
    return rows;
  }

  /** As RFC 4180 text; what is unknown is empty. */
  public static String csv(RunReport report) {
    List<Column> columns = columns(report.metric());
    StringBuilder csv = new StringBuilder(Csv.line(columns.stream().map(Column::name).toList()));
    for (Row row : rows(report)) {
      List<String> fields = new ArrayList<>();
      for (Column column : columns) {
        Object value = column.value().apply(row);
        fields.add(value == null ? "" : value.toString());
      }
      csv.append(Csv.line(fields));
    }
    return csv.toString();
  }

  private static Column text(String name, Function<Row, String> value) {
    return new Column(
        name,
        Type.TEXT,
        row -> {
          String text = value.apply(row);
          return text.isEmpty() ? null : text;
        });
  }

  private static Column integer(String name, Function<Row, Long> value) {
    return new Column(name, Type.INTEGER, value::apply);
  }

  private static Column number(String name, Function<Row, Double> value) {
    return new Column(
        name,
        Type.NUMBER,
        row -> {
          Double number = value.apply(row);
          return Double.isFinite(number) ? number : null;
        });
  }

  /** A number of the training's result. */
  private static Column result(String name, ToDoubleFunction<TrainingResult> value) {
    return number(name, row -> row.training().number(value));
  }

  /** A whole number of the training's result, unknown where it is below {@code least}. */
  private static Column count(String name, ToLongFunction<TrainingResult> value, long least) {
    return integer(
        name,
        row ->
            row.training()
                .result()
                .map(value::applyAsLong)
                .filter(count -> count >= least)
                .orElse(null));
  }
}
