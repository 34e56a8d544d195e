package dev.fletch.search;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Operation;
import dev.fletch.bilevel.SearchState;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.StateVectors;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.TrainingVectors;
import dev.fletch.supernet.OperationMask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The state of a search to and from its checkpoints. */
final class SearchCheckpoints {
  static final String FOLDER = "search/checkpoint";
  private static final String ALPHA = "alpha";
  private static final String MASK = "mask";

  private final SearchPlan plan;
  private final String runPath;
  private final CheckpointFolder files;

  SearchCheckpoints(SearchPlan plan, RunFolder run) {
    this.plan = plan;
    this.runPath = run.path();
    this.files = new CheckpointFolder(run, FOLDER, plan.settings().keepCheckpoints());
  }

  /**
   * @param mask the operations that edges have in the stage that the epoch before belongs to
   */
  void save(int nextEpoch, SearchState state, OperationMask mask, List<String> history) {
    StateVectors saved = vectors(state);
    Map<String, float[]> vectors = new TreeMap<>(saved.vectors());
    if (!mask.equals(OperationMask.ALL)) {
      vectors.put(MASK, mask.toVector(plan.supernet().operations()));
    }
    files.save(
        new Checkpoint(nextEpoch, plan.seed(), plan.keys(), vectors, saved.counters(), history));
  }

  /** What {@link #restore} needs. Without copying: to be used before the next step. */
  static StateVectors vectors(SearchState state) {
    Map<String, float[]> vectors = new TreeMap<>();
    Map<String, Long> counters = new TreeMap<>();
    TrainingVectors.put(state.training(), vectors, counters);
    vectors.put(ALPHA, state.alpha());
    TrainingVectors.putOptimizer(ALPHA, state.alphaOptimizer(), vectors, counters);
    return new StateVectors(vectors, counters);
  }

  /**
   * The state of which {@code vectors} were taken before {@code epoch}.
   *
   * @param alpha length of the vector that alpha's optimizer trains
   */
  static SearchState restore(
      SearchPlan plan, int epoch, StateVectors vectors, NetworkSize size, int alpha) {
    return restore(plan, Checkpoint.of(epoch, vectors), size, alpha);
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

  /** The mask that was saved. */
  OperationMask mask(Checkpoint from) {
    if (!from.vectors().containsKey(MASK)) {
      return OperationMask.ALL;
    }
    List<Operation> operations = plan.supernet().operations();
    CellTopology topology = plan.supernet().topology();
    int length = OperationMask.vectorLength(operations, topology);
    return OperationMask.ofVector(from.vector(MASK, length), operations, topology);
  }

  /**
   * @param alpha length of the vector that alpha's optimizer trains
   */
  SearchState restore(Checkpoint from, NetworkSize size, int alpha) {
    return restore(plan, from, size, alpha);
  }

  private static SearchState restore(
      SearchPlan plan, Checkpoint from, NetworkSize size, int alpha) {
    SearchSettings settings = plan.settings();
    TrainingState training = TrainingVectors.restore(from, size, settings.weights());
    return new SearchState(
        training,
        from.vector(ALPHA, alpha),
        TrainingVectors.restoreOptimizer(ALPHA, from, alpha, settings.alpha()));
  }
}
