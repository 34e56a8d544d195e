package dev.fletch.runfolder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The version of one kind of JSON file: its first field, looked at before any other is read. Fields
 * may be added within a version; readers pass over those they do not know.
 *
 * @param number the version that is written, and the newest that can be read; from 1
 */
public record FormatVersion(int number) {
  private static final String FIELD = "formatVersion";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** An object to be filled that says its version first. */
  public ObjectNode start() {
    return JSON.createObjectNode().put(FIELD, number);
  }

  /**
   * Reads a file of this kind.
   *
   * @param where the file, to begin a message with
   * @throws RunFolderRefusedException if a newer Fletch wrote it
   * @throws IllegalArgumentException if it is no JSON object with a version; the message does not
   *     name the file
   */
  public JsonNode read(String text, String where) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not valid JSON: " + e.getOriginalMessage().lines().findFirst().orElse("unreadable"), e);
    }
    if (!json.path(FIELD).isInt()) {
      throw new IllegalArgumentException("it is no JSON object with a " + FIELD);
    }
    int found = json.get(FIELD).asInt();
    if (found > number) {
      throw new RunFolderRefusedException(
          "%s: has format version %d, this Fletch reads up to %d: use the newer Fletch that wrote it"
              .formatted(where, found, number));
    }
    return json;
  }
}
