package dev.fletch.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.Genotype;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** {@code retrain/CANDIDATE/candidate.json}: what a candidate's folder is about. */
public final class CandidateFile {
  private static final FormatVersion VERSION = new FormatVersion(1);

  private CandidateFile() {}

  static void write(RunFolder run, Candidate candidate) {
    ObjectNode json = VERSION.start().put("id", candidate.id());
    ObjectNode genotype = json.putObject("genotype");
    genotype.put("normal", candidate.genotype().normal().text());
    genotype.put("reduction", candidate.genotype().reduction().text());
    for (Candidate.Origin origin : candidate.origins()) {
      ObjectNode from = json.withArray("origins").addObject().put("label", origin.label());
      from.put("epoch", origin.epoch().isPresent() ? origin.epoch().getAsInt() : null);
      from.put("lambda", origin.lambda().isPresent() ? origin.lambda().getAsDouble() : null);
    }
    run.writeText(name(candidate.id()), json.toPrettyString() + "\n");
  }

  /**
   * Reads what a candidate's folder is about.
   *
   * @param folder its name below {@code retrain}, which is the candidate's id
   * @throws RunFolderException if the file is missing or cannot be understood, or a newer Fletch
   *     wrote it
   */
  public static Candidate read(RunFolder run, String folder) {
    String where = run.path() + "/" + name(folder);
    String text = run.readText(name(folder));
    try {
      JsonNode json = VERSION.read(text, where);
      JsonNode cells = json.required("genotype");
      List<Candidate.Origin> origins = new ArrayList<>();
      json.path("origins").forEach(origin -> origins.add(origin(origin)));
      return new Candidate(
          json.required("id").asText(),
          origins,
          new Genotype(
              CellGenotype.parse(cells.required("normal").asText()),
              CellGenotype.parse(cells.required("reduction").asText())));
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(
          where + ": describes no candidate (" + e.getMessage() + "): retrain to have it written",
          e);
    }
  }

  private static Candidate.Origin origin(JsonNode json) {
    return new Candidate.Origin(
        json.required("label").asText(),
        json.hasNonNull("epoch") ? OptionalInt.of(json.get("epoch").asInt()) : OptionalInt.empty(),
        json.hasNonNull("lambda")
            ? OptionalDouble.of(json.get("lambda").asDouble())
            : OptionalDouble.empty());
  }

  /** Where the file of a candidate is, relative to the run. */
  static String name(String folder) {
    return "retrain/" + folder + "/candidate.json";
  }
}
