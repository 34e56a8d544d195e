package dev.fletch.runfolder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the data set of a run is: {@code data} in {@code manifest.json}.
 *
 * @param classes their names, in order of the labels; empty for streams of words
 * @param trainExamples of every class in the training set
 * @param testExamples of every class in the test set
 * @param texts what the texts are, by name; empty where the data are images
 * @param warnings what was said of the data when the run began, a line each
 */
public record DataFacts(
    List<String> classes,
    List<Integer> trainExamples,
    List<Integer> testExamples,
    Map<String, Double> texts,
    List<String> warnings) {
  public static final DataFacts UNKNOWN = new DataFacts(List.of(), List.of(), List.of(), List.of());

  public DataFacts {
    classes = List.copyOf(classes);
    trainExamples = List.copyOf(trainExamples);
    testExamples = List.copyOf(testExamples);
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    warnings = List.copyOf(warnings);
    if (trainExamples.size() != classes.size() || testExamples.size() != classes.size()) {
      throw new IllegalArgumentException(
          "data must count the examples of %d classes, got %d and %d counts"
              .formatted(classes.size(), trainExamples.size(), testExamples.size()));
    }
  }

  /** Of images. */
  public DataFacts(
      List<String> classes,
      List<Integer> trainExamples,
      List<Integer> testExamples,
      List<String> warnings) {
    this(classes, trainExamples, testExamples, Map.of(), warnings);
  }

  void write(ObjectNode json) {
    classes.forEach(json.putArray("classes")::add);
    trainExamples.forEach(json.putArray("trainExamples")::add);
    testExamples.forEach(json.putArray("testExamples")::add);
    if (!texts.isEmpty()) {
      ObjectNode figures = json.putObject("texts");
      texts.forEach(
          (name, figure) -> {
            if (figure == Math.rint(figure)) {
              figures.put(name, figure.longValue());
            } else {
              figures.put(name, figure);
            }
          });
    }
    warnings.forEach(json.putArray("warnings")::add);
  }

  static DataFacts read(JsonNode json) {
    return new DataFacts(
        texts(json.path("classes")),
        counts(json.path("trainExamples")),
        counts(json.path("testExamples")),
        figures(json.path("texts")),
        texts(json.path("warnings")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Map<String, Double> figures(JsonNode object) {
    Map<String, Double> figures = new LinkedHashMap<>();
    object.fields().forEachRemaining(f -> figures.put(f.getKey(), f.getValue().asDouble()));
    return figures;
  }

  private static List<Integer> counts(JsonNode array) {
    List<Integer> counts = new ArrayList<>();
    array.forEach(count -> counts.add(count.asInt()));
    return counts;
  }
}
