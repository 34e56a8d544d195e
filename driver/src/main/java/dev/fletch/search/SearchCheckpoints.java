package dev.fletch.search;

import dev.fletch.bilevel.NetworkSize;
import dev.fletch.bilevel.SearchState;
import dev.fletch.bilevel.TrainingState;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.RunFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The state of a search to and from its checkpoints. */
final class SearchCheckpoints {
  private static final String FOLDER = "search/checkpoint";
  private static final String ALPHA = "alpha";

  private final SearchPlan plan;
  private final String runPath;
  private final CheckpointFolder files;

  SearchCheckpoints(SearchPlan plan, RunFolder run) {
    this.plan = plan;
    this.runPath = run.path();
    this.files = new CheckpointFolder(run, FOLDER, plan.settings().keepCheckpoints());
  }

  void save(int nextEpoch, SearchState state, List<String> history) {
    Map<String, float[]> vectors = new TreeMap<>();
    Map<String, Long> counters = new TreeMap<>();
    TrainingVectors.put(state.training(), vectors, counters);
    vectors.put(ALPHA, state.alpha());
    TrainingVectors.putOptimizer(ALPHA, state.alphaOptimizer(), vectors, counters);
    files.save(new Checkpoint(nextEpoch, plan.seed(), plan.keys(), vectors, counters, history));
  }

  /**
   * @throws dev.fletch.runfolder.RunFolderRefusedException if the newest was made with other
   *     settings
   */
  Optional<Checkpoint> newest(Consumer<String> warnings) {
    Optional<Checkpoint> newest = files.newest(warnings);
    newest.ifPresent(
        checkpoint -> checkpoint.keys().requireSame(plan.keys(), "run folder " + runPath));
    return newest;
  }

  SearchState restore(Checkpoint from, NetworkSize size) {
    TrainingState training = TrainingVectors.restore(from, size, plan.settings().weights());
    return new SearchState(
        training,
        from.vector(ALPHA, size.mixing()),
        TrainingVectors.restoreOptimizer(ALPHA, from, size.mixing(), plan.settings().alpha()));
  }
}
