package dev.fletch.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Operation;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.supernet.ArchitectureParameters;
import java.util.Arrays;
import java.util.List;

/**
 * {@code search/alpha/epoch-NNN.json}: mixing weights of operations and alpha after an epoch,
 * {@code [edges][operations]} per cell. What a method trains beside the alphas of operations is
 * {@code alphaMore}: edge weights, the logarithm of a learned temperature, or b2 of a hypernetwork,
 * whose b1 stands in alpha's place.
 */
final class AlphaFile {
  private static final int FORMAT_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AlphaFile() {}

  static void write(
      RunFolder run,
      int epoch,
      double temperature,
      List<Operation> operations,
      ArchitectureParameters layout,
      float[] mixing,
      float[] alpha) {
    ObjectNode json = JSON.createObjectNode();
    json.put("formatVersion", FORMAT_VERSION).put("epoch", epoch).put("temperature", temperature);
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

  static String name(int epoch) {
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
}
