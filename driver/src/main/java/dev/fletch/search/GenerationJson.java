package dev.fletch.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.JsonFields;
import dev.fletch.gradient.Metric;
import dev.fletch.runfolder.Json;
import java.util.List;

/** {@link GenerationDetails} as the object {@value #FIELD} in the line of its epoch. */
final class GenerationJson {
  static final String FIELD = "generation";

  private GenerationJson() {}

  static ObjectNode tree(GenerationDetails details, Metric metric) {
    ObjectNode json =
        Json.object()
            .put("best", details.best())
            .put("nodes", details.nodes())
            .put("connections", details.connections())
            .put("parameters", details.parameters())
            .put("genomes", details.genomes())
            .put("networks", details.networks())
            .put("trained", details.trained())
            .put("evaluations", details.evaluations());
    Json.number(json, metric.field("mean"), details.meanFigure());
    json.put("species", details.species());
    ArrayNode failures = json.putArray("failures");
    for (GenerationDetails.Failure failure : details.failures()) {
      failures.addObject().put("genome", failure.genome()).put("reason", failure.reason());
    }
    return json;
  }

  /**
   * Reads what {@link #tree} writes.
   *
   * @throws IllegalArgumentException if a field is missing or of another type
   */
  static GenerationDetails read(JsonFields json, Metric metric) {
    List<GenerationDetails.Failure> failures =
        json.objects("failures").stream()
            .map(f -> new GenerationDetails.Failure(f.integer("genome"), f.text("reason")))
            .toList();
    return new GenerationDetails(
        json.integer("best"),
        json.integer("nodes"),
        json.integer("connections"),
        json.longInteger("parameters"),
        json.integer("genomes"),
        json.integer("networks"),
        json.integer("trained"),
        json.integer("evaluations"),
        json.number(metric.field("mean")),
        json.integer("species"),
        failures);
  }
}
