package dev.fletch.report.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.gradient.Metric;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.SearchReport;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.TrainingResult;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.Json;
import dev.fletch.search.EpochJson;
import java.util.List;

/** {@code report.json}: the machine-readable report, a stable format with a version of its own. */
public final class ReportJson {
  private static final FormatVersion VERSION = new FormatVersion(1);

  /** What depends on the machine is said of the search as a whole. */
  private static final List<String> TIMES = List.of(EpochJson.SECONDS, EpochJson.IMAGES_PER_SECOND);

  private ReportJson() {}

  public static String text(RunReport report) {
    ObjectNode root = VERSION.start();
    root.putObject("run")
        .put("name", report.run().name())
        .put("seed", report.run().seed())
        .put("command", report.run().command());
    search(root.putObject("search"), report.search());
    Metric metric = report.metric();
    report.population().ifPresent(found -> PopulationJson.put(root.putObject("population"), found));
    var candidates = root.putArray("candidates");
    for (CandidateReport candidate : report.candidates()) {
      ObjectNode entry = candidates.addObject();
      candidate(entry, candidate, metric);
      MetricsJson.candidate(entry, candidate, report.candidates(), metric);
    }
    MetricsJson.protocol(root.putObject("retrain"), report.protocol());
    ObjectNode environment = root.putObject("environment");
    report.environment().forEach(environment::put);
    return Json.indented(root);
  }

  private static void search(ObjectNode json, SearchReport search) {
    json.put("method", search.method()).put("order", search.order());
    Json.number(json, "seconds", search.seconds());
    ArrayNode epochs = json.putArray("epochs");
    search.epochs().forEach(epoch -> epochs.add(EpochJson.tree(epoch).without(TIMES)));
    json.put("bestEpoch", search.bestEpoch().isPresent() ? search.bestEpoch().getAsInt() : null);
    json.put("stopReason", search.stopReason());
    json.put(
        "beforeCollapse",
        search.beforeCollapse().isPresent() ? search.beforeCollapse().getAsInt() : null);
  }

  private static void candidate(ObjectNode json, CandidateReport candidate, Metric metric) {
    json.put("id", candidate.id());
    origin(json.putObject("origin"), candidate.origins().get(0));
    if (candidate.origins().size() > 1) {
      var origins = json.putArray("origins");
      for (Origin origin : candidate.origins()) {
        origin(origins.addObject().put("label", origin.label()), origin);
      }
    }
    json.set("genotype", candidate.genotype().json());
    json.put("parameters", candidate.parameters() > 0 ? candidate.parameters() : null);
    var seeds = json.putArray("seeds");
    for (TrainingReport training : candidate.trainings()) {
      ObjectNode entry = seeds.addObject().put("seed", training.seed());
      Json.number(entry, metric.field("test"), training.testFigure());
      Json.number(entry, "seconds", training.number(TrainingResult::seconds));
      String reason = training.outcome().reason();
      entry.put("status", training.outcome().status());
      entry.put("failure", reason.isEmpty() ? null : reason);
      MetricsJson.training(entry, training, metric);
    }
    Json.number(json, metric.field("test") + "Mean", candidate.testFigureMean());
    Json.number(json, metric.field("test") + "Std", candidate.testFigureStd());
  }

  private static void origin(ObjectNode json, Origin origin) {
    json.put("epoch", origin.epoch().isPresent() ? origin.epoch().getAsInt() : null);
    json.put("lambda", origin.lambda().isPresent() ? origin.lambda().getAsDouble() : null);
  }
}
