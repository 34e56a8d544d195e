package dev.fletch.report;

import dev.fletch.architecture.Genotype;
import dev.fletch.report.CandidateReport.Origin;
import dev.fletch.report.CandidateReport.Seed;
import dev.fletch.report.CandidateReport.TrainingEpoch;
import dev.fletch.retrain.ResultMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads {@code retrain/CANDIDATE/}: {@code candidate.json} and {@code seed-N/{result.json,
 * metrics.jsonl}}. Candidates come in order of their folders' names; a seed without a result is
 * shown as not finished.
 */
final class RetrainFiles {
  /** Numbers of an epoch that have a place of their own. */
  private static final Set<String> FIRST = Set.of("epoch", "trainLoss", "trainAccuracy");

  private final FileSystem fileSystem;
  private final JsonFile json;
  private final Path folder;
  private final CandidateLabels labels;

  RetrainFiles(FileSystem fileSystem, JsonFile json, Path folder, CandidateLabels labels) {
    this.labels = labels;
    this.fileSystem = fileSystem;
    this.json = json;
    this.folder = folder;
  }

  List<CandidateReport> read() throws IOException {
    List<CandidateReport> candidates = new ArrayList<>();
    if (!fileSystem.exists(folder)) {
      return candidates;
    }
    for (Path candidate : subfolders(folder)) {
      candidates.add(candidate(candidate));
    }
    return candidates;
  }

  private CandidateReport candidate(Path candidate) throws IOException {
    long parameters = 0;
    List<Seed> seeds = new ArrayList<>();
    for (Path seedFolder : subfolders(candidate)) {
      Path result = new Path(seedFolder, "result.json");
      if (json.exists(result)) {
        JsonFields training = json.object(result);
        seeds.add(seed(training, curve(seedFolder), result));
        parameters = training.has("parameters") ? training.longInteger("parameters") : parameters;
      } else if (seedFolder.getName().matches("seed--?\\d{1,18}")) {
        seeds.add(unfinished(seedFolder));
      }
    }
    seeds.sort(Comparator.comparingLong(Seed::seed));
    return described(candidate, parameters, seeds);
  }

  /**
   * By {@code candidate.json} where there is one; otherwise by the folder's name, which is the
   * candidate's label.
   */
  private CandidateReport described(Path candidate, long parameters, List<Seed> seeds)
      throws IOException {
    Path file = new Path(candidate, "candidate.json");
    if (!json.exists(file)) {
      String label = candidate.getName();
      Genotype genotype =
          labels
              .genotype(label)
              .orElseThrow(
                  () ->
                      new BrokenRunFileException(
                          candidate
                              + ": has no candidate.json, and the search has no epoch "
                              + label
                              + "; remove the folder, or restore the search"));
      return new CandidateReport(label, labels.origins(label), genotype, parameters, seeds);
    }
    JsonFields fields = json.object(file);
    List<Origin> origins = new ArrayList<>();
    for (JsonFields origin : fields.objects("origins")) {
      origins.add(
          new Origin(
              origin.stringOr("label", ""),
              origin.integerIfPresent("epoch"),
              origin.numberIfPresent("lambda")));
    }
    return new CandidateReport(
        fields.string("id"), origins, RunReportReader.genotype(fields), parameters, seeds);
  }

  private static Seed seed(JsonFields training, List<TrainingEpoch> curve, Path file)
      throws BrokenRunFileException {
    return new Seed(
        training.longInteger("seed"),
        training.number("testAccuracy"),
        training.number("testLoss"),
        training.number("seconds"),
        training.string("status"),
        training.stringOr("failure", ""),
        curve,
        metrics(training, file));
  }

  /** All of it is absent in results of older versions. */
  private static SeedMetrics metrics(JsonFields training, Path file) throws BrokenRunFileException {
    try {
      return new SeedMetrics(
          ResultMetrics.confusion(training.node()),
          ResultMetrics.classNames(training.node()),
          training.has("multiplyAdds") ? training.longInteger("multiplyAdds") : 0,
          training.number("imagesPerSecond"),
          training.has("epochs") ? training.integer("epochs") : 0,
          training.has("bestTestEpoch") ? training.integer("bestTestEpoch") : -1,
          training.number("bestTestAccuracy"));
    } catch (IllegalArgumentException e) {
      throw new BrokenRunFileException(
          file + ": " + e.getMessage() + "; delete the file and train again");
    }
  }

  private Seed unfinished(Path seedFolder) throws IOException {
    long number = Long.parseLong(seedFolder.getName().substring("seed-".length()));
    return new Seed(
        number, Double.NaN, Double.NaN, Double.NaN, "not finished", "", curve(seedFolder));
  }

  private List<TrainingEpoch> curve(Path seedFolder) throws IOException {
    List<TrainingEpoch> curve = new ArrayList<>();
    for (JsonFields line : json.lines(new Path(seedFolder, "metrics.jsonl"))) {
      curve.add(
          new TrainingEpoch(
              line.integer("epoch"),
              line.number("trainLoss"),
              line.number("trainAccuracy"),
              more(line)));
    }
    return curve;
  }

  private static Map<String, Double> more(JsonFields line) {
    Map<String, Double> more = new LinkedHashMap<>();
    line.node()
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isNumber() && !FIRST.contains(field.getKey())) {
                more.put(field.getKey(), field.getValue().asDouble());
              }
            });
    return more;
  }

  private List<Path> subfolders(Path parent) throws IOException {
    return Arrays.stream(fileSystem.listStatus(parent))
        .filter(FileStatus::isDirectory)
        .map(FileStatus::getPath)
        .sorted()
        .toList();
  }
}
