package dev.fletch.runfolder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run was made from: {@code manifest.json}.
 *
 * @param command as typed
 * @param build the Fletch that began it
 * @param started when the run began; a resumed run keeps the first start
 * @param seeds the search's seed first, then the retraining's
 * @param dataChecksums file name to checksum
 * @param data what the data set is; {@link DataFacts#UNKNOWN} in files of older versions
 * @param environment versions and machine, see {@link RunEnvironment#here()}
 */
public record Manifest(
    String command,
    Build build,
    Instant started,
    List<Long> seeds,
    Map<String, String> dataChecksums,
    DataFacts data,
    Map<String, String> environment) {
  private static final FormatVersion VERSION = new FormatVersion(1);

  public Manifest {
    seeds = List.copyOf(seeds);
    dataChecksums = Collections.unmodifiableMap(new LinkedHashMap<>(dataChecksums));
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  public void write(RunFolder folder) {
    ObjectNode root = VERSION.start();
    root.put("command", command)
        .put("version", build.version())
        .put("commit", build.commit())
        .put("started", started.toString());
    var array = root.putArray("seeds");
    seeds.forEach(array::add);
    ObjectNode checksums = root.putObject("dataChecksums");
    dataChecksums.forEach(checksums::put);
    data.write(root.putObject("data"));
    ObjectNode versions = root.putObject("environment");
    environment.forEach(versions::put);
    folder.writeText(RunFolder.MANIFEST, root.toPrettyString() + "\n");
  }

  /**
   * Reads the manifest of a run; what older ones do not say is {@code unknown}.
   *
   * @throws RunFolderException if the file is missing or is no manifest
   * @throws RunFolderRefusedException if a newer Fletch wrote it
   */
  public static Manifest read(RunFolder folder) {
    String text = folder.readText(RunFolder.MANIFEST);
    try {
      JsonNode root = VERSION.read(text, folder.path() + "/" + RunFolder.MANIFEST);
      List<Long> seeds = new ArrayList<>();
      root.path("seeds").forEach(seed -> seeds.add(seed.asLong()));
      return new Manifest(
          root.path("command").asText(),
          new Build(root.path("version").asText("unknown"), root.path("commit").asText("unknown")),
          Instant.parse(root.path("started").asText()),
          seeds,
          texts(root.path("dataChecksums")),
          DataFacts.read(root.path("data")),
          texts(root.path("environment")));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new RunFolderException(
          "run folder "
              + folder.path()
              + ": "
              + RunFolder.MANIFEST
              + " is not readable ("
              + RunFolderException.reason(e)
              + ")",
          e);
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }
}
