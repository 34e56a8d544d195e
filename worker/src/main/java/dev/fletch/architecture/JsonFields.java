package dev.fletch.architecture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An object in a JSON document, whose fields are read strictly: what is missing, of another kind or
 * unknown is refused with its path.
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
    this.what = what;
    this.node = node;
    this.path = path;
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

  public boolean has(String name) {
    return node.has(name);
  }

  public int integer(String name) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw problem(name, kind(value), "a whole number");
    }
    return value.intValue();
  }

  public boolean flag(String name) {
    JsonNode value = node.path(name);
    if (!value.isBoolean()) {
      throw problem(name, kind(value), "true or false");
    }
    return value.booleanValue();
  }

  /** A number, or {@code otherwise} where null stands. */
  public double number(String name, double otherwise) {
    JsonNode value = node.path(name);
    if (!value.isNumber() && !value.isNull()) {
      throw problem(name, kind(value), "a number or null");
    }
    return value.isNull() ? otherwise : value.doubleValue();
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
    if (!value.isTextual()) {
      throw problem(name, kind(value), "a text");
    }
    return value.textValue();
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
    JsonNode values = node.path(name);
    if (!values.isArray()) {
      throw problem(name, kind(values), "an array");
    }
    List<T> list = new ArrayList<>();
    for (JsonNode value : values) {
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
