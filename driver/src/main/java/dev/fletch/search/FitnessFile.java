package dev.fletch.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.JsonFields;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.Json;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.Optional;

/**
 * {@code search/fitness/genome-NNNNN.json}: what the training of one network came to, so that it is
 * not trained again. The trainings of an interrupted generation are kept so.
 */
final class FitnessFile {
  private static final FormatVersion VERSION = new FormatVersion(1);

  private FitnessFile() {}

  /**
   * A result as it was written.
   *
   * @param generationSeconds what the clock of its generation said when it was there
   */
  record Entry(Fitness fitness, double generationSeconds) {}

  /**
   * @param digest of all settings that decide the result
   */
  static void write(RunFolder run, Entry entry, String digest) {
    Fitness fitness = entry.fitness();
    ObjectNode json = VERSION.start().put("genome", fitness.id()).put("digest", digest);
    json.put("status", fitness.isFailed() ? "failed" : "done");
    json.put("failure", fitness.isFailed() ? fitness.failure() : null);
    Json.number(json, "train", fitness.trainFigure());
    Json.number(json, "trainLoss", fitness.trainLoss());
    Json.number(json, "validation", fitness.validationFigure());
    Json.number(json, "validationLoss", fitness.validationLoss());
    json.put("parameters", fitness.parameters()).put("images", fitness.images());
    Json.number(json, "seconds", fitness.seconds());
    Json.number(json, "generationSeconds", entry.generationSeconds());
    json.set("genotype", fitness.genome().json());
    run.writeText(name(fitness.id()), json.toPrettyString() + "\n");
  }

  /**
   * What is known of a genome; empty if nothing is, or the file is of other settings.
   *
   * @throws RunFolderException if the file cannot be understood, or a newer Fletch wrote it
   */
  static Optional<Entry> read(RunFolder run, int id, Genome genome, String digest) {
    if (!run.exists(name(id))) {
      return Optional.empty();
    }
    String where = run.path() + "/" + name(id);
    String text = run.readText(name(id));
    try {
      JsonFields json = JsonFields.open(VERSION.read(text, where));
      Genome trained = Genome.read(json.node().path("genotype"), "genotype");
      return json.text("digest").equals(digest) && trained.equals(genome)
          ? Optional.of(entry(json, fitness(json, id, trained)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(
          where + ": is no result of a training (" + e.getMessage() + "): delete it and resume", e);
    }
  }

  /** Files of older versions do not know the clock: it said at least what the training took. */
  private static Entry entry(JsonFields json, Fitness fitness) {
    return new Entry(
        fitness,
        json.hasValue("generationSeconds") ? json.number("generationSeconds") : fitness.seconds());
  }

  private static Fitness fitness(JsonFields json, int id, Genome genome) {
    return new Fitness(
        id,
        genome,
        json.number("train"),
        json.number("trainLoss"),
        json.number("validation"),
        json.number("validationLoss"),
        json.longInteger("parameters"),
        json.longInteger("images"),
        json.number("seconds"),
        json.hasValue("failure") ? json.text("failure") : "");
  }

  /** Where it is, relative to the run. */
  static String name(int id) {
    return String.format("search/fitness/genome-%05d.json", id);
  }
}
