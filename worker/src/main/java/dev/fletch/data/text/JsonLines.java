package dev.fletch.data.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fletch.data.text.Lines.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON object a line; fields other than these two may be there.
 *
 * @param text the field of texts
 * @param label the field of labels: texts, numbers, true or false
 */
record JsonLines(String text, String label) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  void read(Lines lines, RowConsumer rows) {
    for (Optional<Line> line = lines.nextText(rows);
        line.isPresent();
        line = lines.nextText(rows)) {
      read(line.get(), rows);
    }
  }

  private void read(Line line, RowConsumer rows) {
    JsonNode row;
    try {
      row = JSON.readTree(line.text());
    } catch (MismatchedInputException e) {
      rows.fault(line.number(), "has more behind its JSON object");
      return;
    } catch (JsonProcessingException e) {
      rows.fault(line.number(), "is no JSON: " + e.getOriginalMessage());
      return;
    }
    if (row.isMissingNode()) {
      rows.fault(line.number(), "is empty");
    } else if (!row.isObject()) {
      rows.fault(line.number(), "is no JSON object");
    } else {
      List<String> reasons = new ArrayList<>(refusals(row, text, "data.text-column", true));
      reasons.addAll(refusals(row, label, "data.label-column", false));
      reasons.forEach(reason -> rows.fault(line.number(), reason));
      if (reasons.isEmpty()) {
        rows.row(line.number(), row.get(text).asText(), row.get(label).asText());
      }
    }
  }

  private static List<String> refusals(JsonNode row, String field, String key, boolean onlyText) {
    JsonNode value = row.get(field);
    if (value == null) {
      List<String> names = new ArrayList<>();
      row.fieldNames().forEachRemaining(names::add);
      return List.of(
          "has no field '%s', its fields are %s: set %s"
              .formatted(field, String.join(", ", names), key));
    }
    if (onlyText ? !value.isTextual() : !value.isValueNode() || value.isNull()) {
      return List.of(
          "has a field '%s' that is %s"
              .formatted(field, onlyText ? "no text" : "no text, number, true or false"));
    }
    // an escape may name half of a character, which no UTF-8 file could hold
    return StandardCharsets.UTF_8.newEncoder().canEncode(value.asText())
        ? List.of()
        : List.of("has a field '%s' with half of a surrogate pair".formatted(field));
  }
}
