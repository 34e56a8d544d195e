package dev.fletch.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.genotype.Genotype;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.search.WatchJson;

/** {@code report.json}: the machine-readable report, a stable format with a version of its own. */
final class ReportJson {
  private static final FormatVersion VERSION = new FormatVersion(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportJson() {}

  static String text(RunReport report) {
    ObjectNode root = VERSION.start();
    root.putObject("run")
        .put("name", report.run().name())
        .put("seed", report.run().seed())
        .put("command", report.run().command());
    search(root.putObject("search"), report.search());
    var candidates = root.putArray("candidates");
    for (CandidateReport candidate : report.candidates()) {
      ObjectNode entry = candidates.addObject();
      candidate(entry, candidate);
      MetricsJson.candidate(entry, candidate, report.candidates());
    }
    MetricsJson.protocol(root.putObject("retrain"), report.protocol());
    ObjectNode environment = root.putObject("environment");
    report.environment().forEach(environment::put);
    DefaultIndenter newline = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(newline).withArrayIndenter(newline);
    try {
      return JSON.writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a JSON tree as text: " + e.getMessage(), e);
    }
  }

  private static void search(ObjectNode json, SearchReport search) {
    json.put("method", search.method()).put("order", search.order());
    number(json, "seconds", search.seconds());
    var epochs = json.putArray("epochs");
    search.epochs().forEach(epoch -> epoch(epochs.addObject(), epoch));
    json.put("bestEpoch", search.bestEpoch().isPresent() ? search.bestEpoch().getAsInt() : null);
    json.put("stopReason", search.stopReason());
    json.put(
        "beforeCollapse",
        search.beforeCollapse().isPresent() ? search.beforeCollapse().getAsInt() : null);
  }

  private static void epoch(ObjectNode json, SearchReport.Epoch epoch) {
    json.put("epoch", epoch.epoch());
    number(json, "temperature", epoch.temperature());
    number(json, "trainAccuracy", epoch.trainAccuracy());
    number(json, "validationAccuracy", epoch.validationAccuracy());
    number(json, "trainLoss", epoch.trainLoss());
    number(json, "validationLoss", epoch.validationLoss());
    number(json, "alphaEntropy", epoch.alphaEntropy());
    json.putObject("skipConnections")
        .put("normal", epoch.skipConnections().normal())
        .put("reduction", epoch.skipConnections().reduction());
    genotype(json, epoch.genotype());
    WatchJson.write(json, epoch.watch(), epoch.discretisationGap());
  }

  private static void candidate(ObjectNode json, CandidateReport candidate) {
    json.put("id", candidate.id());
    if (candidate.origins().isEmpty()) {
      json.putNull("origin");
    } else {
      origin(json.putObject("origin"), candidate.origins().get(0));
    }
    if (candidate.origins().size() > 1) {
      var origins = json.putArray("origins");
      for (CandidateReport.Origin origin : candidate.origins()) {
        origin(origins.addObject().put("label", origin.label()), origin);
      }
    }
    genotype(json, candidate.genotype());
    json.put("parameters", candidate.parameters() > 0 ? candidate.parameters() : null);
    var seeds = json.putArray("seeds");
    for (CandidateReport.Seed seed : candidate.seeds()) {
      ObjectNode entry = seeds.addObject().put("seed", seed.seed());
      number(entry, "testAccuracy", seed.testAccuracy());
      number(entry, "seconds", seed.seconds());
      entry.put("status", seed.status());
      entry.put("failure", seed.failure().isEmpty() ? null : seed.failure());
      MetricsJson.seed(entry, seed);
    }
    number(json, "testAccuracyMean", candidate.testAccuracyMean());
    number(json, "testAccuracyStd", candidate.testAccuracyStd());
  }

  private static void origin(ObjectNode json, CandidateReport.Origin origin) {
    json.put("epoch", origin.epoch().isPresent() ? origin.epoch().getAsInt() : null);
    json.put("lambda", origin.lambda().isPresent() ? origin.lambda().getAsDouble() : null);
  }

  private static void genotype(ObjectNode json, Genotype genotype) {
    json.putObject("genotype")
        .put("normal", genotype.normal().text())
        .put("reduction", genotype.reduction().text());
  }

  static void number(ObjectNode json, String key, double value) {
    if (Double.isFinite(value)) {
      json.put(key, value);
    } else {
      json.putNull(key);
    }
  }
}
