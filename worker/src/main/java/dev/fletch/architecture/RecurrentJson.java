package dev.fletch.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** The JSON form of a recurrent cell, see {@link RecurrentCell#json}. */
final class RecurrentJson {
  private static final String CELL = "recurrent";
  private static final String OUTPUT = "output";

  private RecurrentJson() {}

  /** Whether {@code node} is meant to be a recurrent cell. */
  static boolean isWrittenSo(JsonNode node) {
    return node.has(CELL);
  }

  static ObjectNode tree(RecurrentCell cell) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode().put(CELL, cell.genesText());
    if (!cell.givesAllNodes()) {
      cell.output().forEach(tree.putArray(OUTPUT)::add);
    }
    return tree;
  }

  static RecurrentCell read(JsonNode node, String path) {
    JsonFields fields = new JsonFields("genotype", node, path, Set.of(CELL, OUTPUT));
    List<Gene> nodes = genes(fields.text(CELL), path + "." + CELL);
    if (nodes.isEmpty()) {
      return RecurrentCell.PLAIN;
    }
    return fields.has(OUTPUT)
        ? fields.build(() -> new RecurrentCell(nodes, fields.integers(OUTPUT)))
        : fields.build(() -> new RecurrentCell(nodes));
  }

  private static List<Gene> genes(String text, String path) {
    try {
      return new RecurrentParser(text).genes();
    } catch (GenotypeFormatException e) {
      throw GenotypeFormatException.inJson(path, e);
    }
  }
}
