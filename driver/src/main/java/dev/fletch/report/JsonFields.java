package dev.fletch.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The fields of one JSON object, with refusals that name the place and the key.
 *
 * @param place file, or {@code file:line}
 */
record JsonFields(JsonNode node, String place) {
  static JsonFields empty() {
    return new JsonFields(JsonNodeFactory.instance.objectNode(), "");
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  String string(String key) throws BrokenRunFileException {
    return typed(key, has(key) && node.get(key).isTextual(), "a string").asText();
  }

  String stringOr(String key, String absent) throws BrokenRunFileException {
    return has(key) ? string(key) : absent;
  }

  int integer(String key) throws BrokenRunFileException {
    return typed(key, has(key) && node.get(key).canConvertToInt() && whole(key), "a whole number")
        .asInt();
  }

  long longInteger(String key) throws BrokenRunFileException {
    return typed(key, has(key) && node.get(key).canConvertToLong() && whole(key), "a whole number")
        .asLong();
  }

  OptionalInt integerIfPresent(String key) throws BrokenRunFileException {
    return has(key) ? OptionalInt.of(integer(key)) : OptionalInt.empty();
  }

  OptionalDouble numberIfPresent(String key) throws BrokenRunFileException {
    return has(key) ? OptionalDouble.of(number(key)) : OptionalDouble.empty();
  }

  /** NaN when the key is absent or null. */
  double number(String key) throws BrokenRunFileException {
    return has(key) ? typed(key, node.get(key).isNumber(), "a number").asDouble() : Double.NaN;
  }

  JsonFields object(String key) throws BrokenRunFileException {
    return new JsonFields(typed(key, node.path(key).isObject(), "an object"), place);
  }

  List<JsonFields> objects(String key) throws BrokenRunFileException {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : typed(key, node.path(key).isArray(), "an array")) {
      typed(key, element.isObject(), "an array of objects");
      objects.add(new JsonFields(element, place));
    }
    return objects;
  }

  List<String> strings(String key) throws BrokenRunFileException {
    List<String> strings = new ArrayList<>();
    for (JsonNode element : typed(key, node.path(key).isArray(), "an array")) {
      typed(key, element.isTextual(), "an array of strings");
      strings.add(element.asText());
    }
    return strings;
  }

  /** An array of arrays of numbers. */
  List<List<Double>> rows(String key) throws BrokenRunFileException {
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

  /** The fields of an object as texts, in the order of the file. */
  Map<String, String> texts(String key) throws BrokenRunFileException {
    Map<String, String> texts = new LinkedHashMap<>();
    typed(key, node.path(key).isObject(), "an object")
        .fields()
        .forEachRemaining(
            f -> {
              JsonNode value = f.getValue();
              texts.put(f.getKey(), value.isValueNode() ? value.asText() : value.toString());
            });
    return texts;
  }

  private boolean whole(String key) {
    return node.get(key).isIntegralNumber();
  }

  private JsonNode typed(String key, boolean holds, String what) throws BrokenRunFileException {
    if (!holds) {
      String got = node.has(key) ? "got " + node.get(key) : "is missing";
      throw new BrokenRunFileException(place + ": " + key + " must be " + what + ", " + got);
    }
    return node.get(key);
  }
}
