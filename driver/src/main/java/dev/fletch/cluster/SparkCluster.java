package dev.fletch.cluster;

import dev.fletch.data.DataSettings;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metric;
import dev.fletch.replica.ExchangeSettings;
import dev.fletch.retrain.JobRunner;
import dev.fletch.search.FitnessRunner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A Spark application: where replicas and trainings run. Only one can be open in a process.
 *
 * <pre>{@code
 * try (SparkCluster cluster = SparkCluster.open(settings, System.err::println)) {
 *   try (GradientSource source = cluster.gradients("search", factory, replicas, batch, seed)) { ... }
 *   List<Outcome> outcomes = cluster.jobs("").runAll(jobs, parallel, outcome -> {});
 * }
 * }</pre>
 */
public final class SparkCluster implements AutoCloseable {
  private final JavaSparkContext spark;

  private SparkCluster(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * Starts Spark with what {@code spark-submit} set, completed by what a run needs, and says in a
   * line what it got.
   *
   * @param say takes the start line and warnings, from any thread: also of executors that are lost
   *     later
   * @throws ClusterException if Spark cannot start
   */
  public static SparkCluster open(ClusterSettings settings, Consumer<String> say) {
    return open(new SparkConf(), settings, say);
  }

  static SparkCluster open(SparkConf given, ClusterSettings settings, Consumer<String> say) {
    int cores = Runtime.getRuntime().availableProcessors();
    SparkConf conf = SparkDefaults.complete(given, settings, cores);
    ThreadPlan plan = ThreadPlan.of(conf, settings, System.getenv("OMP_NUM_THREADS"), cores);
    if (NumericBackend.isCuda() && Slots.of(conf, cores).local()) {
      // Executors elsewhere check their own machine in their first task.
      new GpuPreflight().check();
    }
    TaskDevice.tell(conf, settings.device());
    String device =
        Slots.of(conf, cores).local()
            ? TaskDevice.preflight(settings.device())
            : TaskDevice.describe(settings.device());
    SparkCluster cluster = new SparkCluster(start(conf));
    cluster.spark.sc().addSparkListener(new LostExecutors(cluster.spark.sc(), say));
    say.accept(cluster.startLine(plan, device));
    plan.warnings().forEach(say);
    return cluster;
  }

  private static JavaSparkContext start(SparkConf conf) {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) { // SparkException is checked, and not declared
      throw new ClusterException(
          "Cannot start Spark on %s: %s"
              .formatted(conf.get(SparkDefaults.MASTER), ClusterException.rootCause(e)),
          e);
    }
  }

  private String startLine(ThreadPlan plan, String device) {
    int slots = spark.defaultParallelism();
    return "Spark %s on %s: %d %s, %s, %s, %s"
        .formatted(
            spark.version(),
            spark.master(),
            slots,
            slots == 1 ? "core" : "cores",
            plan.describe(),
            NumericBackend.describe(),
            device);
  }

  /** The Hadoop configuration of this application: file systems and their credentials. */
  public Configuration hadoop() {
    return spark.hadoopConfiguration();
  }

  /** What a report should say about where the run took place. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("spark", spark.version());
    environment.put("master", spark.master());
    environment.put("application", spark.sc().applicationId());
    environment.put("taskCpus", spark.getConf().get(SparkDefaults.TASK_CPUS));
    environment.put("backend", NumericBackend.describe());
    return environment;
  }

  /**
   * Gradients from replicas on executors. Close it before the cluster.
   *
   * @param name of its job group in Spark's pages, for example {@code search}; sources that are
   *     open at a time should have different ones, since a group is cancelled as a whole
   * @param replicas part of the experiment, unlike the number of executors
   * @param batch examples per replica and step
   * @param seed of the run, for randomness inside the network
   * @throws ClusterException if replica 0 cannot be built on an executor
   */
  public GradientSource gradients(
      String name, ReplicaFactory factory, int replicas, int batch, long seed) {
    return new SparkGradientSource(spark, name, factory, replicas, batch, seed);
  }

  /**
   * The same, with a say in who averages.
   *
   * @throws ClusterException if replica 0 cannot be built on an executor, or if executors shall
   *     average and Spark is not such that they can
   */
  public GradientSource gradients(
      String name,
      ReplicaFactory factory,
      int replicas,
      int batch,
      long seed,
      ExchangeSettings exchange) {
    return gradients(spark, name, factory, replicas, batch, seed, exchange);
  }

  static GradientSource gradients(
      JavaSparkContext spark,
      String name,
      ReplicaFactory factory,
      int replicas,
      int batch,
      long seed,
      ExchangeSettings exchange) {
    if (exchange.where() == ExchangeSettings.Where.DRIVER) {
      return new SparkGradientSource(spark, name, factory, replicas, batch, seed);
    }
    ExchangeRules.require(spark.getConf());
    SparkGradientSource between =
        new SparkGradientSource(spark, name, factory, replicas, batch, seed);
    boolean opened = false;
    try {
      GradientSource source = new ExecutorsGradientSource(spark, name, between, exchange.timeout());
      opened = true;
      return source;
    } finally {
      if (!opened) {
        between.close();
      }
    }
  }

  /**
   * Runs trainings on executors, a Spark job each.
   *
   * @param prefix of the job groups' names: no two runners that run at a time may have the same
   */
  public JobRunner jobs(String prefix) {
    return new SparkJobRunner(spark, prefix);
  }

  /**
   * Scores genomes on executors, a Spark job each.
   *
   * @param prefix of the job groups' names: no two runners that run at a time may have the same
   */
  public FitnessRunner fitness(String prefix) {
    return new SparkFitnessRunner(spark, prefix);
  }

  /** Whether Spark has ended, by itself or by {@link #close}: nothing can be run any more. */
  public boolean isStopped() {
    return spark.sc().isStopped();
  }

  /**
   * Classifies the test set with a DL4J model, in parallel.
   *
   * @param zip as DL4J's ModelSerializer writes it
   * @param batch examples at a time
   * @param metric one of DL4J's too, by the same name
   * @return the metric's figure
   * @throws ClusterException if Spark or the model fails
   */
  public double testFigure(byte[] zip, Metric metric, DataSettings data, int batch) {
    return new ModelEvaluation(spark, data, batch).of(zip, metric);
  }

  JavaSparkContext spark() {
    return spark;
  }

  @Override
  public void close() {
    spark.stop();
  }
}
