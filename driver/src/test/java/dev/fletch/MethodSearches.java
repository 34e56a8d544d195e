package dev.fletch;

import dev.fletch.cluster.SparkCluster;
import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.StreamFormat;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metrics;
import dev.fletch.replica.ExchangeSettings;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.run.SupernetReplicas;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.search.SearchListener;
import dev.fletch.search.SearchPlan;
import dev.fletch.search.SearchSettings;
import dev.fletch.search.SupernetSearch;
import dev.fletch.search.SupernetSources;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;

/** A search of seconds with each method: real images, real operations, three small cells. */
final class MethodSearches {
  private static final String COMMON =
      """
      fletch {
        name = method
        output = none
        data { format = idx, path = "bundled:fashion-mnist", train-limit = 60, test-limit = 32 }
        space.nodes = 2
        supernet { init-channels = 4, layers = 3, stem-multiplier = 1 }
        search {
          epochs = 3, batch = 2, replicas = 4
          weights.learning-rate = 0.1
          alpha.learning-rate = 0.05
          watch.eigenvalue-iterations = 1
        }
        retrain { candidates = [last], seeds = [0] }
      }
      """;

  /** What makes the common configuration one of each method. */
  private static final Map<String, List<String>> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put("darts-first-order", List.of("search.method=darts"));
    METHODS.put("darts-second-order", List.of("search.method=darts", "search.order=second"));
    METHODS.put("td-darts", List.of("search.method=td-darts"));
    METHODS.put(
        "td-darts-learned-temperature", List.of("search.method=td-darts-learned-temperature"));
    METHODS.put("sdarts-rs", List.of("search.method=sdarts-rs"));
    METHODS.put("sdarts-adv", List.of("search.method={name=sdarts-adv, steps=2}"));
    METHODS.put("darts-minus", List.of("search.method=darts-minus"));
    METHODS.put("fair-darts", List.of("search.method={name=fair-darts, threshold=0.5}"));
    METHODS.put("beta-darts", List.of("search.method=beta-darts"));
    METHODS.put("pc-darts", List.of("search.method={name=pc-darts, partial=2, warm-up=1}"));
    METHODS.put(
        "p-darts",
        List.of(
            "search.method={name=p-darts, added-layers=[0, 1], dropped-operations=[3],"
                + " skip-dropout=[0.3, 0.5], warm-up=1}",
            "search.epochs=4"));
    METHODS.put("snas", List.of("search.method=snas"));
    METHODS.put("gdas", List.of("search.method=gdas"));
    METHODS.put("darts-egs", List.of("search.method={name=darts-egs, samples=2}"));
    METHODS.put(
        "random-search", List.of("search.method={name=random-search, epochs-per-sample=1}"));
    METHODS.put(
        "random-weight-sharing",
        List.of("search.method={name=random-weight-sharing, samples=6, chunks=2, finalists=2}"));
    METHODS.put("darts-l1", List.of("search.method={name=darts-l1, mixing=direct}"));
    METHODS.put("hypernetwork", List.of("search.method=hypernetwork"));
  }

  private static final ExchangeSettings AMONG_EXECUTORS =
      new ExchangeSettings(ExchangeSettings.Where.EXECUTORS, 120);

  private static Path undisturbed;

  private MethodSearches() {}

  static List<String> names() {
    return List.copyOf(METHODS.keySet());
  }

  static RunConfig config(String method) {
    return RunConfigLoader.load("method.conf", COMMON, METHODS.get(method));
  }

  /**
   * @param settings keys with values, as {@code search.epochs=2}
   */
  static RunConfig config(String method, List<String> settings) {
    List<String> all = new ArrayList<>(METHODS.get(method));
    all.addAll(settings);
    return RunConfigLoader.load("method.conf", COMMON, all);
  }

  /**
   * A search in this process that nothing disturbs, carried out once however many tests compare
   * with it.
   */
  static synchronized RunFiles undisturbed(String method) throws IOException {
    if (undisturbed == null) {
      undisturbed = Files.createTempDirectory("undisturbed-searches");
      FileUtils.forceDeleteOnExit(undisturbed.toFile());
    }
    Path search = undisturbed.resolve(method);
    if (!Files.exists(search.resolve("search/result.json"))) {
      local(method, search, new SilentListener());
    }
    return new RunFiles(search);
  }

  /** Searches in this process. */
  static void local(String method, Path folder, SearchListener listener) {
    local(config(method), folder, listener);
  }

  /** Searches in this process as any configuration says. */
  static void local(RunConfig config, Path folder, SearchListener listener) {
    search(config, folder, listener, (size, edges) -> local(config, replicas(config, size, edges)));
  }

  /**
   * Searches in this process, in another space.
   *
   * @param settings keys with values, as {@code space.kinds=1}
   */
  static void local(String method, List<String> settings, Path folder) {
    RunConfig config = config(method, settings);
    search(
        config,
        folder,
        new SilentListener(),
        (size, edges) -> local(config, replicas(config, size, edges)));
  }

  /** Searches on Spark. */
  static void onSpark(SparkCluster cluster, String method, Path folder, SearchListener listener) {
    onSpark(cluster, config(method), method, folder, listener);
  }

  /** Searches on Spark with executors that average among themselves. */
  static void amongExecutors(
      SparkCluster cluster, String method, Path folder, SearchListener listener) {
    onSpark(cluster, config(method), method, folder, listener, AMONG_EXECUTORS);
  }

  /** The same as any configuration says, under a name of its own. */
  static void amongExecutors(
      SparkCluster cluster, RunConfig config, String name, Path folder, SearchListener listener) {
    onSpark(cluster, config, name, folder, listener, AMONG_EXECUTORS);
  }

  /** Searches on Spark as any configuration says, under a name of its own. */
  static void onSpark(
      SparkCluster cluster, RunConfig config, String name, Path folder, SearchListener listener) {
    onSpark(cluster, config, name, folder, listener, ExchangeSettings.BY_DRIVER);
  }

  /** The same, where those average whom the configuration names. */
  static void onSparkAsSet(
      SparkCluster cluster, RunConfig config, Path folder, SearchListener listener) {
    onSpark(cluster, config, config.name(), folder, listener, config.search().exchange());
  }

  private static void onSpark(
      SparkCluster cluster,
      RunConfig config,
      String name,
      Path folder,
      SearchListener listener,
      ExchangeSettings exchange) {
    SearchSettings search = config.search();
    search(
        config,
        folder,
        listener,
        (size, edges) ->
            cluster.gradients(
                name,
                replicas(config, size, edges),
                search.replicas(),
                search.batch(),
                config.seed(),
                exchange));
  }

  private static void search(
      RunConfig config, Path folder, SearchListener listener, SupernetSources sources) {
    SearchPlan plan =
        new SearchPlan(
            config.search(),
            config.supernet(),
            config.data().format().dimensions(),
            config.data().format() instanceof StreamFormat ? Metrics.PERPLEXITY : Metrics.ACCURACY,
            config.seed(),
            SearchPlan.resultKeys(config.resolved()));
    new SupernetSearch(plan, sources, open(folder), listener).run();
  }

  private static RunFolder open(Path folder) {
    if (Files.exists(folder)) {
      return RunFolder.open(folder.toString(), new Configuration());
    }
    RunFolder run = RunFolder.create(folder.toString(), new Configuration());
    run.writeText(RunFolder.CONFIG, "fletch {}");
    return run;
  }

  private static SupernetReplicas replicas(
      RunConfig config, SupernetSpace size, EdgeSettings edges) {
    SearchSettings search = config.search();
    return new SupernetReplicas(
        size,
        edges,
        config.data(),
        search.augmentation(),
        config.seed(),
        search.batch(),
        search.computing());
  }

  private static GradientSource local(RunConfig config, SupernetReplicas replicas) {
    ExampleSource examples = replicas.examples(new Configuration());
    SearchSettings search = config.search();
    return new LocalGradientSource(
        replicas.network(examples), examples, search.replicas(), search.batch(), config.seed());
  }
}
