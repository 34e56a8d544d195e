package dev.fletch.runfolder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.JsonFields;

/** What all JSON of a run has in common, whether whole files or one object a line. */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** An object without fields. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Puts a number, or null if it is not finite, which JSON has no number for. */
  public static void number(ObjectNode json, String key, double value) {
    json.put(key, Double.isFinite(value) ? value : null);
  }

  /** With every field and every element of an array on a line of its own. */
  public static String indented(ObjectNode json) {
    DefaultIndenter newline = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(newline).withArrayIndenter(newline);
    try {
      return MAPPER.writer(printer).writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a JSON tree as text: " + e.getMessage(), e);
    }
  }

  /**
   * Reads one object.
   *
   * @throws IllegalArgumentException if {@code text} is none; the message does not say where it is
   *     from
   */
  public static JsonFields object(String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not valid JSON: " + e.getOriginalMessage().lines().findFirst().orElse("unreadable"), e);
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException("it must be a JSON object, got " + node);
    }
    return JsonFields.open(node);
  }
}
