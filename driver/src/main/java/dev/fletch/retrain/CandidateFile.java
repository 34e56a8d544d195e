package dev.fletch.retrain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.JsonFields;
import dev.fletch.retrain.Taken.FoundIn;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.Optional;

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
      origin.taken().ifPresent(taken -> write(from.putObject("taken"), taken));
    }
    run.writeText(name(candidate.id()), json.toPrettyString() + "\n");
  }

  private static void write(ObjectNode json, Taken taken) {
    json.put("label", taken.label()).put("begun", taken.begun());
    taken.found().ifPresent(found -> write(json.putObject("foundIn"), found));
  }

  private static void write(ObjectNode json, FoundIn found) {
    json.put("folder", found.folder())
        .put("run", found.run())
        .put("data", found.data())
        .put("examples", found.examples())
        .put("method", found.method())
        .put("candidate", found.candidate())
        .put("searchSeconds", Double.isNaN(found.searchSeconds()) ? null : found.searchSeconds())
        .put("experiment", found.experiment());
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
        json.text("label"),
        json.integerIfThere("epoch"),
        json.numberIfThere("lambda"),
        json.hasValue("taken") ? Optional.of(taken(json.object("taken"))) : Optional.empty());
  }

  private static Taken taken(JsonFields json) {
    return new Taken(
        json.text("label"),
        json.text("begun"),
        json.hasValue("foundIn") ? Optional.of(found(json.object("foundIn"))) : Optional.empty());
  }

  private static FoundIn found(JsonFields json) {
    return new FoundIn(
        json.text("folder"),
        json.text("run"),
        json.text("data"),
        json.text("examples"),
        json.text("method"),
        json.text("candidate"),
        json.number("searchSeconds"),
        json.text("experiment"));
  }

  /** Where the file of a candidate is, relative to the run. */
  static String name(String folder) {
    return TrainingFolders.ROOT + "/" + folder + "/candidate.json";
  }
}
