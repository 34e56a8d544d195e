package dev.fletch.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.genotype.Operation;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.supernet.ArchitectureParameters;
import java.util.List;

/**
 * {@code search/alpha/epoch-NNN.json}: mixing weights and alpha after an epoch, {@code
 * [edges][operations]} per cell.
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
    rows(json.putArray("alphaNormal"), layout.normal(alpha));
    rows(json.putArray("alphaReduction"), layout.reduction(alpha));
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
