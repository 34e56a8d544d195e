package dev.fletch.architecture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Locale;

/**
 * The JSON form of a genotype, {@code {"normal": "<cell>", "reduction": "<cell>"}} or {@code
 * {"cell": "<cell>"}} of one kind, the cells as in {@link CellGenotype#text()}.
 */
final class GenotypeJson {
  private static final String ONE_KIND = "cell";
  private static final String NORMAL = "normal";
  private static final String REDUCTION = "reduction";
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private GenotypeJson() {}

  static String write(CellPair genotype) {
    return tree(genotype).toString();
  }

  /** As {@link #write}, to be put into a larger document. */
  static ObjectNode tree(CellPair genotype) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    if (genotype.isOfOneKind()) {
      return tree.put(ONE_KIND, genotype.normal().text());
    }
    return tree.put(NORMAL, genotype.normal().text()).put(REDUCTION, genotype.reduction().text());
  }

  /**
   * @throws GenotypeFormatException if {@code json} is not JSON, or not a genotype
   */
  static CellPair read(String json) {
    try {
      return read(MAPPER.readTree(json), "$");
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? "$"
              : "line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw GenotypeFormatException.inJson(
          place, e.getOriginalMessage().lines().findFirst().orElse("no JSON"), "an object");
    }
  }

  /**
   * Reads a genotype inside a larger document.
   *
   * @param path where {@code node} stands, for messages: {@code $.candidates[0].genotype}
   * @throws GenotypeFormatException if {@code node} is not a genotype
   */
  static CellPair read(JsonNode node, String path) {
    if (!node.isObject()) {
      throw GenotypeFormatException.inJson(
          path, kind(node), "an object with " + NORMAL + " and " + REDUCTION);
    }
    if (node.has(ONE_KIND) && node.size() == 1) {
      return CellPair.ofOneKind(cell(node, ONE_KIND, path));
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!name.equals(NORMAL) && !name.equals(REDUCTION)) {
        throw GenotypeFormatException.inJson(
            path + "." + name, "an unknown key", "only " + NORMAL + " and " + REDUCTION);
      }
    }
    CellGenotype normal = cell(node, NORMAL, path);
    CellGenotype reduction = cell(node, REDUCTION, path);
    try {
      return new CellPair(normal, reduction);
    } catch (IllegalArgumentException e) {
      throw GenotypeFormatException.inJson(path, e);
    }
  }

  private static CellGenotype cell(JsonNode node, String name, String path) {
    JsonNode cell = node.path(name);
    String cellPath = path + "." + name;
    if (!cell.isTextual()) {
      throw GenotypeFormatException.inJson(cellPath, kind(cell), "the text of a cell");
    }
    try {
      return CellGenotype.parse(cell.textValue());
    } catch (GenotypeFormatException e) {
      throw GenotypeFormatException.inJson(cellPath, e);
    }
  }

  private static String kind(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
