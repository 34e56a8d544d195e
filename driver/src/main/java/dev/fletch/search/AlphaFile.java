package dev.fletch.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Operation;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.supernet.ArchitectureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code search/alpha/epoch-NNN.json}: mixing weights of operations and alpha after an epoch,
 * {@code [edges][operations]} per cell. What a method trains beside the alphas of operations is
 * {@code alphaMore}: edge weights, the logarithm of a learned temperature, or b2 of a hypernetwork,
 * whose b1 stands in alpha's place.
 */
public final class AlphaFile {
  private static final FormatVersion VERSION = new FormatVersion(1);

  private AlphaFile() {}

  /**
   * Mixing weights after an epoch.
   *
   * @param operations their names, in the order of the columns
   * @param normal of the normal cell, {@code [edges][operations]}
   * @param reduction of the reduction cell, {@code [edges][operations]}
   */
  public record MixingWeights(
      int epoch,
      double temperature,
      List<String> operations,
      double[][] normal,
      double[][] reduction) {}

  static void write(
      RunFolder run,
      int epoch,
      double temperature,
      List<Operation> operations,
      ArchitectureParameters layout,
      float[] mixing,
      float[] alpha) {
    ObjectNode json = VERSION.start();
    json.put("epoch", epoch).put("temperature", temperature);
    ArrayNode names = json.putArray("operations");
    operations.forEach(operation -> names.add(operation.text()));
    rows(json.putArray("normal"), layout.normal(mixing));
    rows(json.putArray("reduction"), layout.reduction(mixing));
    if (alpha.length >= layout.count()) {
      float[] ofOperations = Arrays.copyOf(alpha, layout.count());
      rows(json.putArray("alphaNormal"), layout.normal(ofOperations));
      rows(json.putArray("alphaReduction"), layout.reduction(ofOperations));
      ArrayNode more = json.putArray("alphaMore");
      for (int i = layout.count(); i < alpha.length; i++) {
        more.add(alpha[i]);
      }
    }
    run.writeText(name(epoch), json + "\n");
  }

  /**
   * Reads the file of an epoch.
   *
   * @throws RunFolderException if it is missing or cannot be understood, or a newer Fletch wrote it
   */
  public static MixingWeights read(RunFolder run, int epoch) {
    String where = run.path() + "/" + name(epoch);
    String text = run.readText(name(epoch));
    try {
      JsonNode json = VERSION.read(text, where);
      List<String> operations = new ArrayList<>();
      json.required("operations").forEach(name -> operations.add(name.asText()));
      return new MixingWeights(
          json.required("epoch").asInt(),
          json.required("temperature").asDouble(),
          operations,
          rows(json.required("normal")),
          rows(json.required("reduction")));
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(
          where + ": holds no mixing weights (" + e.getMessage() + "): restore it", e);
    }
  }

  /** Where the mixing weights after an epoch are, relative to the run. */
  public static String name(int epoch) {
    return String.format("search/alpha/epoch-%03d.json", epoch);
  }

  private static void rows(ArrayNode json, float[][] rows) {
    for (float[] row : rows) {
      ArrayNode values = json.addArray();
      for (float value : row) {
        values.add(value);
      }
    }
  }

  private static double[][] rows(JsonNode json) {
    double[][] rows = new double[json.size()][];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = new double[json.get(r).size()];
      for (int c = 0; c < rows[r].length; c++) {
        rows[r][c] = json.get(r).get(c).asDouble(Double.NaN);
      }
    }
    return rows;
  }
}
