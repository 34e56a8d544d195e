package dev.fletch.report;

import dev.fletch.report.SearchReport.Alpha;
import dev.fletch.report.SearchReport.Epoch;
import dev.fletch.report.SearchReport.SkipConnections;
import dev.fletch.search.Watch;
import dev.fletch.search.WatchJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads {@code search/}: {@code epochs.jsonl}, {@code alpha/epoch-NNN.json}, {@code result.json}.
 */
final class SearchFiles {
  private final FileSystem fileSystem;
  private final JsonFile json;
  private final Path folder;

  SearchFiles(FileSystem fileSystem, JsonFile json, Path folder) {
    this.fileSystem = fileSystem;
    this.json = json;
    this.folder = folder;
  }

  /** What {@code result.json} does not say follows from the epochs and the configuration. */
  SearchReport read(ResolvedConfig config) throws IOException {
    List<Epoch> epochs = new ArrayList<>();
    Path file = new Path(folder, "epochs.jsonl");
    for (JsonFields line : json.exists(file) ? json.lines(file) : List.<JsonFields>of()) {
      epochs.add(epoch(line));
    }
    Path result = new Path(folder, "result.json");
    JsonFields fields = json.exists(result) ? json.object(result) : JsonFields.empty();
    double seconds = epochs.stream().mapToDouble(Epoch::seconds).sum();
    return new SearchReport(
        fields.stringOr("method", config.method()),
        fields.has("order") ? fields.integer("order") : config.order(),
        fields.has("seconds") ? fields.number("seconds") : seconds,
        epochs,
        alphas(),
        fields.has("bestEpoch") ? fields.integerIfPresent("bestEpoch") : best(epochs),
        fields.stringOr("stopReason", stopReason(epochs.size(), config)),
        fields.has("beforeCollapse")
            ? fields.integerIfPresent("beforeCollapse")
            : Collapse.before(epochs),
        config.alphaL1());
  }

  private static String stopReason(int epochs, ResolvedConfig config) {
    if (epochs == 0) {
      return SearchReport.NOT_SEARCHED;
    }
    return config.epochs() > 0 && epochs >= config.epochs()
        ? SearchReport.COMPLETED
        : SearchReport.INTERRUPTED;
  }

  private List<Alpha> alphas() throws IOException {
    Path alphaFolder = new Path(folder, "alpha");
    List<Alpha> alphas = new ArrayList<>();
    if (!fileSystem.exists(alphaFolder)) {
      return alphas;
    }
    for (FileStatus file : fileSystem.listStatus(alphaFolder)) {
      if (file.getPath().getName().matches("epoch-\\d+\\.json")) {
        alphas.add(alpha(json.object(file.getPath())));
      }
    }
    alphas.sort(Comparator.comparingInt(Alpha::epoch));
    return alphas;
  }

  private static Epoch epoch(JsonFields line) throws BrokenRunFileException {
    JsonFields skips = line.object("skipConnections");
    return new Epoch(
        line.integer("epoch"),
        line.number("temperature"),
        line.number("trainAccuracy"),
        line.number("validationAccuracy"),
        line.number("trainLoss"),
        line.number("validationLoss"),
        line.number("alphaEntropy"),
        new SkipConnections(skips.integer("normal"), skips.integer("reduction")),
        RunReportReader.genotype(line),
        line.number("seconds"),
        watch(line));
  }

  private static Watch watch(JsonFields line) throws BrokenRunFileException {
    try {
      return WatchJson.read(line.node());
    } catch (IllegalArgumentException e) {
      throw new BrokenRunFileException(line.place() + ": lambdas: " + e.getMessage());
    }
  }

  private static Alpha alpha(JsonFields file) throws BrokenRunFileException {
    try {
      return new Alpha(
          file.integer("epoch"),
          file.number("temperature"),
          file.strings("operations"),
          file.rows("normal"),
          file.rows("reduction"));
    } catch (IllegalArgumentException e) {
      throw new BrokenRunFileException(file.place() + ": " + e.getMessage());
    }
  }

  private static OptionalInt best(List<Epoch> epochs) {
    return epochs.stream()
        .filter(e -> !Double.isNaN(e.validationAccuracy()))
        .max(
            Comparator.comparingDouble(Epoch::validationAccuracy)
                .thenComparing(Comparator.comparingInt(Epoch::epoch).reversed()))
        .map(e -> OptionalInt.of(e.epoch()))
        .orElse(OptionalInt.empty());
  }
}
