package dev.fletch.report;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.Genotype;
import dev.fletch.report.RunReport.Run;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads a {@link RunReport} from the files of a run folder, on any Hadoop file system. The search
 * must have written its epochs; what comes later (its result, the retraining) may be missing, so an
 * unfinished run can be reported too.
 */
public final class RunReportReader {
  private final FileSystem fileSystem;
  private final Path folder;
  private final JsonFile json;

  /**
   * @param folder OUTPUT of the run
   * @throws IOException if the file system cannot be reached
   */
  public RunReportReader(Path folder, Configuration hadoop) throws IOException {
    this.fileSystem = folder.getFileSystem(hadoop);
    this.folder = folder;
    this.json = new JsonFile(fileSystem);
  }

  /**
   * Reads the whole folder; changes nothing.
   *
   * @throws FileNotFoundException if the folder holds neither a search nor a retraining
   * @throws BrokenRunFileException if a file cannot be understood; the message names it
   */
  public RunReport read() throws IOException {
    Path manifest = new Path(folder, "manifest.json");
    Path epochs = new Path(folder, "search/epochs.jsonl");
    if (!json.exists(epochs) && !fileSystem.exists(new Path(folder, "retrain"))) {
      throw new FileNotFoundException(
          "Cannot report on "
              + folder
              + ": it has neither search/epochs.jsonl nor retrain; give the output folder of a"
              + " run");
    }
    JsonFields fields = json.exists(manifest) ? json.object(manifest) : JsonFields.empty();
    ResolvedConfig config = ResolvedConfig.read(json, new Path(folder, "config.conf"));
    SearchReport search =
        new SearchFiles(fileSystem, json, new Path(folder, "search")).read(config);
    CandidateLabels labels = new CandidateLabels(search, config.candidates());
    String name = config.name().isEmpty() ? folder.getName() : config.name();
    return new RunReport(
        new Run(name, config.seed(), fields.stringOr("command", "")),
        search,
        new RetrainFiles(fileSystem, json, new Path(folder, "retrain"), labels).read(),
        environment(fields),
        config.protocol());
  }

  private static Map<String, String> environment(JsonFields manifest)
      throws BrokenRunFileException {
    Map<String, String> environment = new LinkedHashMap<>();
    if (manifest.has("started")) {
      environment.put("started", manifest.string("started"));
    }
    if (manifest.has("environment")) {
      environment.putAll(manifest.texts("environment"));
    }
    if (manifest.has("dataChecksums")) {
      manifest
          .texts("dataChecksums")
          .forEach((file, sum) -> environment.put("checksum " + file, sum));
    }
    return environment;
  }

  static Genotype genotype(JsonFields owner) throws BrokenRunFileException {
    JsonFields cells = owner.object("genotype");
    String normal = cells.string("normal");
    String reduction = cells.string("reduction");
    try {
      return new Genotype(CellGenotype.parse(normal), CellGenotype.parse(reduction));
    } catch (IllegalArgumentException e) {
      throw new BrokenRunFileException(owner.place() + ": genotype: " + e.getMessage());
    }
  }
}
