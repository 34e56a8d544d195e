package dev.fletch.report;

import dev.fletch.report.CandidateReport.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The table of all trainings, one row per candidate and seed, in the order of the run. */
final class ResultTable {
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
  record Row(RunReport report, CandidateReport candidate, Seed seed) {
    private SeedMetrics metrics() {
      return seed.metrics();
    }
  }

  static final List<Column> COLUMNS =
      List.of(
          text("run", r -> r.report().run().name()),
          text("candidate", r -> r.candidate().id()),
          text("origins", r -> LeaderboardSection.origins(r.candidate())),
          text("genotype", r -> r.candidate().genotype().toString()),
          integer("seed", r -> r.seed().seed()),
          text("status", r -> r.seed().status()),
          text("failure", r -> r.seed().failure()),
          number("testAccuracy", r -> r.seed().testAccuracy()),
          number("testLoss", r -> r.seed().testLoss()),
          number("macroPrecision", r -> r.metrics().confusion().macroPrecision()),
          number("macroRecall", r -> r.metrics().confusion().macroRecall()),
          number("macroF1", r -> r.metrics().confusion().macroF1()),
          number("bestTestAccuracy", r -> r.metrics().bestTestAccuracy()),
          integer(
              "bestTestEpoch",
              r -> r.metrics().bestTestEpoch() < 0 ? null : (long) r.metrics().bestTestEpoch()),
          integer("testExamples", r -> known(r.metrics().confusion().examples())),
          integer("parameters", r -> known(r.candidate().parameters())),
          integer("multiplyAdds", r -> known(r.metrics().multiplyAdds())),
          number("seconds", r -> r.seed().seconds()),
          number("imagesPerSecond", r -> r.metrics().imagesPerSecond()),
          integer("epochs", r -> known(r.metrics().epochs())),
          text("protocol", r -> r.report().protocol().testing()),
          number("validationPortion", r -> r.report().protocol().validationPortion()));

  private ResultTable() {}

  static List<Row> rows(RunReport report) {
    List<Row> rows = new ArrayList<>();
    for (CandidateReport candidate : report.candidates()) {
      candidate.seeds().forEach(seed -> rows.add(new Row(report, candidate, seed)));
    }
    return rows;
  }

  /** As RFC 4180 text; what is unknown is empty. */
  static String csv(RunReport report) {
    StringBuilder csv = new StringBuilder(Csv.line(COLUMNS.stream().map(Column::name).toList()));
    for (Row row : rows(report)) {
      List<String> fields = new ArrayList<>();
      for (Column column : COLUMNS) {
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

  private static Long known(long count) {
    return count > 0 ? count : null;
  }
}
