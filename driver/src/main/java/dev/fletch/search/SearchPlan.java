package dev.fletch.search;

import dev.fletch.gradient.Metric;
import dev.fletch.method.Method;
import dev.fletch.method.SearchSpace;
import dev.fletch.method.Stage;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.supernet.OperationMask;
import dev.fletch.supernet.SupernetSpace;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One search to be run.
 *
 * @param supernet its space: nodes and operations
 * @param dimensions sides of an example: 2 of images, 1 of texts
 * @param metric what ranks paths and epochs
 * @param keys see {@link #resultKeys}; a checkpoint with other values is refused
 */
public record SearchPlan(
    SearchSettings settings,
    SupernetSpace supernet,
    int dimensions,
    Metric metric,
    long seed,
    ResultKeys keys)
    implements PlannedSearch, Serializable {
  /** How far a search goes, what is measured beside it, and what it never sees. */
  private static final Set<String> NOT_OF_AN_EPOCH =
      Set.of(
          "search.budget.generations",
          "search.budget.evaluations",
          "search.budget.minutes",
          "search.watch.gap",
          "search.watch.temperatures",
          "data.test",
          "data.test-limit");

  /** The space as the method sees it. */
  SearchSpace space() {
    return settings.space(supernet, dimensions, seed);
  }

  @Override
  public int order() {
    return settings.order();
  }

  @Override
  public double alphaL1() {
    return settings.alphaL1();
  }

  /** The first epoch whose validation figure compares with the last one's. */
  @Override
  public int comparableFrom() {
    return settings.method().comparableFrom(space());
  }

  /**
   * Whether some stage's supernet has normal cells. Where none has, their alpha is never trained,
   * and what is derived for them is left to chance.
   */
  @Override
  public boolean hasNormalCells() {
    SearchSpace space = space();
    Method method = settings.method();
    for (int epoch = 0; epoch < space.epochs(); ) {
      Stage stage = method.stage(space, epoch, OperationMask.ALL);
      if (method.compose(space, stage).supernet().hasNormalCells()) {
        return true;
      }
      epoch = stage.end();
    }
    return false;
  }

  /**
   * The keys that decide what a search yields.
   *
   * @param resolved every key of the configuration, as {@code search.batch}, with its value
   */
  public static ResultKeys resultKeys(Map<String, String> resolved) {
    Map<String, String> chosen = new TreeMap<>();
    resolved.forEach(
        (key, value) -> {
          if (decides(key)) {
            chosen.put(key, value);
          }
        });
    return ResultKeys.of(chosen);
  }

  private static boolean decides(String key) {
    boolean inSection =
        key.startsWith("search.")
            || key.startsWith("space.")
            || key.startsWith("supernet.")
            || key.startsWith("data.");
    return (inSection || key.equals("seed"))
        && !NOT_OF_AN_EPOCH.contains(key)
        && !ResultKeys.WITHOUT_INFLUENCE.contains(key);
  }
}
