package dev.fletch.search;

import static org.assertj.core.api.Assertions.fail;

import dev.fletch.architecture.Operation;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metrics;
import dev.fletch.method.Darts;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.toy.ToyExamples;
import dev.fletch.toy.ToyNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;

/** Searches of a network that is trained in no time. */
abstract class ToySearches {
  static final int EPOCHS = 4;

  @TempDir Path temporary;
  final RecordingListener listener = new RecordingListener();

  SearchResult search(SearchPlan plan, RunFolder run, SearchListener listener) {
    try (GradientSource source = source(plan)) {
      return new SupernetSearch(plan, (size, edges) -> source, run, listener).run();
    }
  }

  static GradientSource source(SearchPlan plan) {
    int mixing = plan.supernet().topology().rows() * plan.supernet().operations().size();
    SearchSettings settings = plan.settings();
    return new LocalGradientSource(
        new ToyNetwork(4, 3, mixing),
        new ToyExamples(21, 3),
        settings.replicas(),
        settings.batch(),
        plan.seed());
  }

  RunFolder create(String name) {
    RunFolder run = RunFolder.create(temporary.resolve(name).toString(), new Configuration());
    run.writeText(RunFolder.CONFIG, "fletch {}");
    return run;
  }

  static SearchPlan plan(int order, TemperatureSettings.Mode mode) {
    SearchSettings settings =
        new SearchSettings(
            new Darts(),
            order,
            EPOCHS,
            4,
            2,
            1,
            new SgdSettings(0.9, 3e-4),
            new LearningRateSettings(LearningRateSettings.Schedule.COSINE, 0.2, 0.01),
            5,
            new AdamSettings(0.5, 0.999, 1e-8, 1e-3),
            new LearningRateSettings(LearningRateSettings.Schedule.CONSTANT, 0.05, 0.05),
            0,
            new TemperatureSettings(TemperatureSettings.Schedule.LINEAR, 5, 1, mode),
            new AugmentationSettings(0, false, 0),
            new WatchSettings(true, List.of(1.0), 1, 3),
            new StopRule.None(),
            2);
    SupernetSettings supernet =
        new SupernetSettings(
            4, 2, 2, 3, List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3));
    return new SearchPlan(
        settings,
        supernet,
        2,
        Metrics.ACCURACY,
        7,
        ResultKeys.of(Map.of("seed", "7", "search.epochs", "4")));
  }

  static Checkpoint newest(RunFolder run) {
    return new CheckpointFolder(run, "search/checkpoint", 2).newest(w -> fail(w)).orElseThrow();
  }

  static List<String> withoutTime(RunFolder run) {
    return run.readLines("search/epochs.jsonl").stream()
        .map(l -> l.replaceAll(",\"seconds\".*", ""))
        .toList();
  }
}
