package dev.fletch.runfolder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The fields of one JSON object, read strictly: what is missing or of another type is refused with
 * an {@link IllegalArgumentException} that names the key and says what it must be.
 *
 * @param node the object
 */
public record JsonFields(JsonNode node) {
  /** Whether the key is there and not null. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  public String text(String key) {
    return typed(key, has(key) && node.get(key).isTextual(), "a string").asText();
  }

  public int integer(String key) {
    return typed(key, isWhole(key) && node.get(key).canConvertToInt(), "a whole number").asInt();
  }

  public long longInteger(String key) {
    return typed(key, isWhole(key) && node.get(key).canConvertToLong(), "a whole number").asLong();
  }

  /** Empty when the key is absent or null. */
  public OptionalInt integerIfThere(String key) {
    return has(key) ? OptionalInt.of(integer(key)) : OptionalInt.empty();
  }

  /** Empty when the key is absent or null. */
  public OptionalDouble numberIfThere(String key) {
    return has(key) ? OptionalDouble.of(number(key)) : OptionalDouble.empty();
  }

  /** NaN for null, which stands for what is not finite. */
  public double number(String key) {
    boolean isNull = node.has(key) && node.get(key).isNull();
    return isNull ? Double.NaN : typed(key, node.path(key).isNumber(), "a number").asDouble();
  }

  public JsonFields object(String key) {
    return new JsonFields(typed(key, node.path(key).isObject(), "an object"));
  }

  /** The objects of an array; none when the key is absent. */
  public List<JsonFields> objects(String key) {
    List<JsonFields> objects = new ArrayList<>();
    if (node.has(key)) {
      for (JsonNode element : typed(key, node.get(key).isArray(), "an array")) {
        typed(key, element.isObject(), "an array of objects");
        objects.add(new JsonFields(element));
      }
    }
    return objects;
  }

  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : typed(key, node.path(key).isArray(), "an array")) {
      typed(key, element.isTextual(), "an array of strings");
      texts.add(element.asText());
    }
    return texts;
  }

  /** An array of arrays of numbers. */
  public List<List<Double>> rows(String key) {
    List<List<Double>> rows = new ArrayList<>();
    for (JsonNode element : typed(key, node.path(key).isArray(), "an array")) {
      List<Double> row = new ArrayList<>();
      for (JsonNode number : element) {
        typed(key, number.isNumber(), "an array of arrays of numbers");
        row.add(number.asDouble());
      }
      rows.add(row);
    }
    return rows;
  }

  private boolean isWhole(String key) {
    return has(key) && node.get(key).isIntegralNumber();
  }

  private JsonNode typed(String key, boolean holds, String what) {
    if (!holds) {
      String got = node.has(key) ? "got " + node.get(key) : "is missing";
      throw new IllegalArgumentException(key + " must be " + what + ", " + got);
    }
    return node.get(key);
  }
}
