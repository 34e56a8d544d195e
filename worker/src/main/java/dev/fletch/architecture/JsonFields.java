package dev.fletch.architecture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An object in JSON, whose fields are read strictly: what is missing or of another kind is refused.
 * A part of a document refuses unknown fields too and says where in the document the field stands;
 * an {@link #open} object, of a file whose reader says where it is, says the field's name alone.
 */
public final class JsonFields {
  /** The field of a document that says in which format it is. */
  public static final String FORMAT = "formatVersion";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String what;
  private final JsonNode node;
  private final String path;

  /**
   * @param what the document is about, for messages: {@code genome}
   * @param path where {@code node} stands: {@code $.nodes[0]}
   * @param known the fields that it may have
   * @throws GenotypeFormatException if it is no object or has other fields
   */
  public JsonFields(String what, JsonNode node, String path, Set<String> known) {
    this(what, node, path);
    if (!node.isObject()) {
      throw GenotypeFormatException.inJson(what, path, kind(node), "an object");
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw problem(name, "an unknown key", "only " + known.stream().sorted().toList());
      }
    }
  }

  private JsonFields(String what, JsonNode node, String path) {
    this.what = what;
    this.node = node;
    this.path = path;
  }

  /**
   * An object that may have other fields too, as those of a later release. What is wrong is an
   * {@link IllegalArgumentException} that names the field and says what it must be, for a reader
   * that says in which file.
   */
  public static JsonFields open(JsonNode node) {
    return new JsonFields("", node, "");
  }

  /**
   * The root of a document.
   *
   * @throws GenotypeFormatException if {@code json} is not JSON
   */
  public static JsonNode root(String what, String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? "$"
              : "line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw GenotypeFormatException.inJson(
          what, place, e.getOriginalMessage().lines().findFirst().orElse("no JSON"), "an object");
    }
  }

  /** Refuses another format than {@code number}, by its number. */
  public JsonFields requireFormat(int number) {
    int found = integer(FORMAT);
    if (found != number) {
      throw problem(
          FORMAT,
          Integer.toString(found),
          number + (found > number ? "; read it with the newer release that wrote it" : ""));
    }
    return this;
  }

  /** The object itself. */
  public JsonNode node() {
    return node;
  }

  /** Whether the field is there, be it null. */
  public boolean has(String name) {
    return node.has(name);
  }

  /** Whether the field is there and not null. */
  public boolean hasValue(String name) {
    return node.hasNonNull(name);
  }

  public int integer(String name) {
    JsonNode value = node.path(name);
    return typed(name, value, value.isIntegralNumber() && value.canConvertToInt(), "a whole number")
        .intValue();
  }

  public long longInteger(String name) {
    JsonNode value = node.path(name);
    return typed(
            name, value, value.isIntegralNumber() && value.canConvertToLong(), "a whole number")
        .longValue();
  }

  /** Empty when the field is absent or null. */
  public OptionalInt integerIfThere(String name) {
    return hasValue(name) ? OptionalInt.of(integer(name)) : OptionalInt.empty();
  }

  public boolean flag(String name) {
    JsonNode value = node.path(name);
    return typed(name, value, value.isBoolean(), "true or false").booleanValue();
  }

  /** A number, or {@code otherwise} where null stands. */
  public double number(String name, double otherwise) {
    JsonNode value = node.path(name);
    typed(name, value, value.isNumber() || value.isNull(), "a number or null");
    return value.isNull() ? otherwise : value.doubleValue();
  }

  /** NaN for null, which stands for what is not finite. */
  public double number(String name) {
    JsonNode value = node.path(name);
    return value.isNull()
        ? Double.NaN
        : typed(name, value, value.isNumber(), "a number").doubleValue();
  }

  /** Empty when the field is absent or null. */
  public OptionalDouble numberIfThere(String name) {
    return hasValue(name) ? OptionalDouble.of(number(name)) : OptionalDouble.empty();
  }

  /** The one of {@code options} whose text stands there. */
  public <T> T choice(String name, List<T> options, Function<T, String> text) {
    JsonNode value = node.path(name);
    String found = value.isTextual() ? value.textValue() : "";
    return options.stream()
        .filter(option -> text.apply(option).equals(found))
        .findFirst()
        .orElseThrow(
            () ->
                problem(
                    name,
                    value.isTextual() ? "'" + found + "'" : kind(value),
                    "one of " + String.join(", ", options.stream().map(text).toList())));
  }

  public String text(String name) {
    JsonNode value = node.path(name);
    return typed(name, value, value.isTextual(), "a text").textValue();
  }

  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(name)) {
      typed(name, node.get(name), element.isTextual(), "an array of texts");
      texts.add(element.textValue());
    }
    return texts;
  }

  /** An array of arrays of numbers. */
  public List<List<Double>> rows(String name) {
    List<List<Double>> rows = new ArrayList<>();
    for (JsonNode element : array(name)) {
      List<Double> row = new ArrayList<>();
      for (JsonNode number : element) {
        typed(name, node.get(name), number.isNumber(), "an array of arrays of numbers");
        row.add(number.doubleValue());
      }
      rows.add(row);
    }
    return rows;
  }

  /** The object in a field, with as many fields as it may have. */
  public JsonFields object(String name) {
    JsonNode value = node.path(name);
    return open(typed(name, value, value.isObject(), "an object"));
  }

  /** The objects of an array, like {@link #object}; none when the field is absent. */
  public List<JsonFields> objects(String name) {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : has(name) ? array(name) : List.<JsonNode>of()) {
      typed(name, node.get(name), element.isObject(), "an array of objects");
      objects.add(open(element));
    }
    return objects;
  }

  private JsonNode array(String name) {
    JsonNode values = node.path(name);
    return typed(name, values, values.isArray(), "an array");
  }

  /** {@code value}, if it holds. */
  private JsonNode typed(String name, JsonNode value, boolean holds, String expected) {
    if (holds) {
      return value;
    }
    throw what.isEmpty()
        ? new IllegalArgumentException(
            "%s must be %s, %s"
                .formatted(name, expected, value.isMissingNode() ? "is missing" : "got " + value))
        : problem(name, kind(value), expected);
  }

  public List<Integer> integers(String name) {
    return list(
        name,
        (element, at) -> {
          if (!element.isIntegralNumber() || !element.canConvertToInt()) {
            throw GenotypeFormatException.inJson(what, at, kind(element), "a whole number");
          }
          return element.intValue();
        });
  }

  /** What {@code reader} makes of a value and its path. */
  public <T> T value(String name, Reader<T> reader) {
    return reader.read(node.path(name), pathOf(name));
  }

  /** A list of what {@code reader} makes of each element and its path. */
  public <T> List<T> list(String name, Reader<T> reader) {
    List<T> list = new ArrayList<>();
    for (JsonNode value : array(name)) {
      list.add(reader.read(value, pathOf(name) + "[" + list.size() + "]"));
    }
    return list;
  }

  /** Makes the value of this whole object, whose own rules may refuse it. */
  public <T> T build(Supplier<T> value) {
    try {
      return value.get();
    } catch (GenotypeFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw GenotypeFormatException.inJson(what, path, e);
    }
  }

  /** Makes a value of a node and its path. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(JsonNode node, String path);
  }

  /** That {@code name} holds something else than it must. */
  public GenotypeFormatException problem(String name, String found, String expected) {
    return GenotypeFormatException.inJson(what, pathOf(name), found, expected);
  }

  private String pathOf(String name) {
    return path + "." + name;
  }

  private static String kind(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
