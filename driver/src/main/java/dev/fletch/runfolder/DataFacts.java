package dev.fletch.runfolder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the data set of a run is: {@code data} in {@code manifest.json}.
 *
 * @param classes their names, in order of the labels
 * @param trainExamples of every class in the training set
 * @param testExamples of every class in the test set
 * @param warnings what was said of the data when the run began, a line each
 */
public record DataFacts(
    List<String> classes,
    List<Integer> trainExamples,
    List<Integer> testExamples,
    List<String> warnings) {
  public static final DataFacts UNKNOWN = new DataFacts(List.of(), List.of(), List.of(), List.of());

  public DataFacts {
    classes = List.copyOf(classes);
    trainExamples = List.copyOf(trainExamples);
    testExamples = List.copyOf(testExamples);
    warnings = List.copyOf(warnings);
    if (trainExamples.size() != classes.size() || testExamples.size() != classes.size()) {
      throw new IllegalArgumentException(
          "data must count the examples of %d classes, got %d and %d counts"
              .formatted(classes.size(), trainExamples.size(), testExamples.size()));
    }
  }

  void write(ObjectNode json) {
    classes.forEach(json.putArray("classes")::add);
    trainExamples.forEach(json.putArray("trainExamples")::add);
    testExamples.forEach(json.putArray("testExamples")::add);
    warnings.forEach(json.putArray("warnings")::add);
  }

  static DataFacts read(JsonNode json) {
    return new DataFacts(
        texts(json.path("classes")),
        counts(json.path("trainExamples")),
        counts(json.path("testExamples")),
        texts(json.path("warnings")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<Integer> counts(JsonNode array) {
    List<Integer> counts = new ArrayList<>();
    array.forEach(count -> counts.add(count.asInt()));
    return counts;
  }
}
