package dev.fletch.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads the run folder's JSON: whole files, and files of one object per line. */
final class JsonFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final FileSystem fileSystem;

  JsonFile(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  boolean exists(Path file) throws IOException {
    return fileSystem.exists(file);
  }

  JsonFields object(Path file) throws IOException {
    return parse(text(file), file.toString());
  }

  /** One object per line that is not blank; empty when there is no such file. */
  List<JsonFields> lines(Path file) throws IOException {
    if (!exists(file)) {
      return List.of();
    }
    List<JsonFields> objects = new ArrayList<>();
    int number = 0;
    for (String line : text(file).lines().toList()) {
      number++;
      if (!line.isBlank()) {
        objects.add(parse(line, file + ":" + number));
      }
    }
    return objects;
  }

  String text(Path file) throws IOException {
    try (InputStream in = fileSystem.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonFields parse(String text, String place) throws BrokenRunFileException {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
      throw new BrokenRunFileException(
          place + ": not valid JSON (" + reason + "); restore the file or run this phase again");
    }
    if (!node.isObject()) {
      throw new BrokenRunFileException(place + ": must be a JSON object, got " + node);
    }
    return new JsonFields(node, place);
  }
}
