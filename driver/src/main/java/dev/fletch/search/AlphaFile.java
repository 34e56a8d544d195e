package dev.fletch.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.JsonFields;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.supernet.ArchitectureParameters;
import dev.fletch.supernet.RecurrentSpace;
import dev.fletch.supernet.SupernetSpace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * {@code search/alpha/epoch-NNN.json}: mixing weights of operations and alpha after an epoch,
 * {@code [edges][operations]} per cell: {@code normal} and {@code reduction}, or {@code recurrent}.
 * What a method trains beside the alphas of operations is {@code alphaMore}: edge weights, the
 * logarithm of a learned temperature, or b2 of a hypernetwork, whose b1 stands in alpha's place.
 */
public final class AlphaFile {
  private static final String FOLDER = "search/alpha";
  private static final String RECURRENT = "recurrent";
  private static final FormatVersion VERSION = new FormatVersion(1);

  private AlphaFile() {}

  static void write(
      RunFolder run,
      int epoch,
      double temperature,
      SupernetSpace space,
      float[] mixing,
      float[] alpha) {
    ObjectNode json = VERSION.start();
    json.put("epoch", epoch).put("temperature", temperature);
    ArrayNode names = json.putArray("operations");
    space.operations().forEach(operation -> names.add(operation.text()));
    ArchitectureParameters layout = ArchitectureParameters.of(space);
    boolean isRecurrent = space instanceof RecurrentSpace;
    rows(json.putArray(isRecurrent ? RECURRENT : "normal"), layout.normal(mixing));
    if (!isRecurrent) {
      rows(json.putArray("reduction"), layout.reduction(mixing));
    }
    if (alpha.length >= layout.count()) {
      float[] ofOperations = Arrays.copyOf(alpha, layout.count());
      rows(
          json.putArray(isRecurrent ? "alphaRecurrent" : "alphaNormal"),
          layout.normal(ofOperations));
      if (!isRecurrent) {
        rows(json.putArray("alphaReduction"), layout.reduction(ofOperations));
      }
      ArrayNode more = json.putArray("alphaMore");
      for (int i = layout.count(); i < alpha.length; i++) {
        more.add(alpha[i]);
      }
    }
    run.writeText(name(epoch), json + "\n");
  }

  /**
   * Reads the files of a run, by rising epoch; none if it has none.
   *
   * @throws RunFolderException if one cannot be understood, or a newer Fletch wrote it
   */
  public static List<MixingWeights> readAll(RunFolder run) {
    return run.list(FOLDER).stream()
        .filter(name -> name.matches("epoch-\\d+\\.json"))
        .map(name -> read(run, FOLDER + "/" + name))
        .sorted(Comparator.comparingInt(MixingWeights::epoch))
        .toList();
  }

  /**
   * Reads the file of one epoch.
   *
   * @throws RunFolderException if it is missing or cannot be understood, or a newer Fletch wrote it
   */
  static MixingWeights read(RunFolder run, int epoch) {
    return read(run, name(epoch));
  }

  private static MixingWeights read(RunFolder run, String name) {
    String where = run.path() + "/" + name;
    String text = run.readText(name);
    try {
      JsonFields json = JsonFields.open(VERSION.read(text, where));
      return new MixingWeights(
          json.integer("epoch"),
          json.number("temperature"),
          json.texts("operations"),
          json.rows(json.has(RECURRENT) ? RECURRENT : "normal"),
          json.has(RECURRENT) ? List.of() : json.rows("reduction"));
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(
          where + ": holds no mixing weights (" + e.getMessage() + "): restore it", e);
    }
  }

  /** Where the mixing weights after an epoch are, relative to the run. */
  public static String name(int epoch) {
    return String.format(FOLDER + "/epoch-%03d.json", epoch);
  }

  private static void rows(ArrayNode json, float[][] rows) {
    for (float[] row : rows) {
      ArrayNode values = json.addArray();
      for (float value : row) {
        values.add(value);
      }
    }
  }
}
