package dev.fletch.report.table;

import dev.fletch.architecture.Phenotype;
import dev.fletch.gradient.Metric;
import dev.fletch.report.model.SweepReport;
import dev.fletch.report.model.TrialReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The leaderboard of a sweep as RFC 4180 text, one line per trial, with its group's figures. */
public final class SweepCsv {
  private SweepCsv() {}

  private static List<String> results(Metric metric) {
    String figure = metric.field("test");
    String ofGroup = metric.field("groupTest");
    return List.of(
        "seed",
        "bestCandidate",
        figure + "Mean",
        figure + "Std",
        "n",
        "parameters",
        "searchSeconds",
        "skipConnectionsNormal",
        "skipConnectionsReduction",
        metric.field("validation"),
        "status",
        "failure",
        ofGroup + "Mean",
        ofGroup + "Std",
        "groupN",
        "method",
        "discretisationGap",
        "stopReason",
        "groupParametersMean",
        "groupSearchSecondsMean",
        "groupSkipConnectionsNormalMean",
        "groupDiscretisationGapMean",
        "genomeNodes",
        "genomeConnections",
        "groupGenomeNodesMean",
        "groupGenomeConnectionsMean");
  }

  public static String text(SweepReport sweep) {
    Set<String> varied =
        sweep.trials().isEmpty() ? Set.of() : sweep.trials().get(0).trial().labels().keySet();
    List<String> header = new ArrayList<>(List.of("rank", "trial"));
    header.addAll(varied);
    header.addAll(results(sweep.metric()));
    StringBuilder csv = new StringBuilder();
    line(csv, header);
    List<SweepReport.Group> groups = sweep.groups();
    int rank = 0;
    for (TrialReport trial : sweep.ranked()) {
      rank++;
      SweepReport.Group group =
          groups.stream().filter(g -> g.trials().contains(trial)).findFirst().orElseThrow();
      line(csv, fields(trial, group, rank));
    }
    return csv.toString();
  }

  private static List<String> fields(TrialReport report, SweepReport.Group group, int rank) {
    boolean measured = !Double.isNaN(report.testFigureMean());
    Optional<Phenotype> genome = report.result().flatMap(TrialReport.Result::genome);
    List<String> fields = new ArrayList<>();
    fields.add(measured ? Integer.toString(rank) : "");
    fields.add(report.trial().name());
    fields.addAll(report.trial().labels().values());
    fields.add(Long.toString(report.trial().seed()));
    fields.addAll(report.result().map(SweepCsv::results).orElseGet(SweepCsv::noResults));
    fields.add(report.status());
    fields.add(report.failure());
    fields.add(Csv.number(group.testFigureMean()));
    fields.add(Csv.number(group.testFigureStd()));
    fields.add(Integer.toString(group.n()));
    fields.add(report.result().map(TrialReport.Result::method).orElse(""));
    fields.add(report.result().map(r -> Csv.number(r.discretisationGap())).orElse(""));
    fields.add(report.result().map(TrialReport.Result::stopReason).orElse(""));
    fields.add(Csv.number(group.parametersMean()));
    fields.add(Csv.number(group.mean(TrialReport.Result::searchSeconds)));
    fields.add(Csv.number(group.mean(TrialReport.Result::normalSkips)));
    fields.add(Csv.number(group.mean(TrialReport.Result::discretisationGap)));
    fields.add(genome.map(g -> Integer.toString(g.nodes().size())).orElse(""));
    fields.add(genome.map(g -> Integer.toString(g.connections())).orElse(""));
    fields.add(Csv.number(group.mean(TrialReport.Result::genomeNodes)));
    fields.add(Csv.number(group.mean(TrialReport.Result::genomeConnections)));
    return fields;
  }

  private static List<String> results(TrialReport.Result result) {
    return List.of(
        result.bestCandidate(),
        Csv.number(result.testFigureMean()),
        Csv.number(result.testFigureStd()),
        Integer.toString(result.n()),
        result.parameters() > 0 ? Long.toString(result.parameters()) : "",
        Csv.number(result.searchSeconds()),
        result.skips().map(s -> Integer.toString(s.normal())).orElse(""),
        result.skips().map(s -> Integer.toString(s.reduction())).orElse(""),
        Csv.number(result.validationFigure()));
  }

  private static List<String> noResults() {
    return List.of("", "", "", "0", "", "", "", "", "");
  }

  private static void line(StringBuilder csv, List<String> fields) {
    csv.append(Csv.line(fields));
  }
}
