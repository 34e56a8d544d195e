package dev.fletch.retrain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.JsonFields;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;

/** {@code retrain/CANDIDATE/candidate.json}: what a candidate's folder is about. */
public final class CandidateFile {
  private static final FormatVersion VERSION = new FormatVersion(1);

  private CandidateFile() {}

  static void write(RunFolder run, Candidate candidate) {
    ObjectNode json = VERSION.start().put("id", candidate.id());
    json.set("genotype", candidate.genotype().json());
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
      JsonFields json = JsonFields.open(VERSION.read(text, where));
      return new Candidate(
          json.text("id"),
          json.objects("origins").stream().map(CandidateFile::origin).toList(),
          Architecture.read(json.node().path("genotype"), "genotype"));
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(
          where + ": describes no candidate (" + e.getMessage() + "): retrain to have it written",
          e);
    }
  }

  private static Candidate.Origin origin(JsonFields json) {
    return new Candidate.Origin(
        json.text("label"), json.integerIfThere("epoch"), json.numberIfThere("lambda"));
  }

  /** Where the file of a candidate is, relative to the run. */
  static String name(String folder) {
    return TrainingFolders.ROOT + "/" + folder + "/candidate.json";
  }
}
