package dev.fletch.retrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.runfolder.RunFolder;

/** {@code retrain/CANDIDATE/candidate.json}: what a candidate's folder is about. */
final class CandidateFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CandidateFile() {}

  static void write(RunFolder run, Candidate candidate) {
    ObjectNode json = JSON.createObjectNode().put("formatVersion", 1).put("id", candidate.id());
    json.set("genotype", candidate.genotype().json());
    for (Candidate.Origin origin : candidate.origins()) {
      ObjectNode from = json.withArray("origins").addObject().put("label", origin.label());
      from.put("epoch", origin.epoch().isPresent() ? origin.epoch().getAsInt() : null);
      from.put("lambda", origin.lambda().isPresent() ? origin.lambda().getAsDouble() : null);
    }
    run.writeText("retrain/" + candidate.id() + "/candidate.json", json.toPrettyString() + "\n");
  }
}
