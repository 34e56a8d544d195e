package dev.fletch.cluster;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.GradientSum;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import dev.fletch.nn.BatchScore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gradients from replicas on executors. One Spark job per exchange: the state goes out as a
 * broadcast, a task per replica computes its sums, and they are added in the order {@link
 * GradientSum#reduce} defines, so that the bits are those of {@link
 * dev.fletch.replica.LocalGradientSource}.
 *
 * <p>A replica stays on the executor that first built it, because its number is cached there and
 * Spark sends tasks to their cached data. A lost executor costs a rebuild and nothing else.
 */
final class SparkGradientSource implements GradientSource {
  private static final Logger LOG = LoggerFactory.getLogger(SparkGradientSource.class);

  /** Up to so many replicas the driver takes every sum; above, executors add up groups first. */
  private static final int DIRECT = 4;

  private final JavaSparkContext spark;
  private final JobScope scope;
  private final int replicas;
  private final JavaRDD<Integer> numbers;
  private final Broadcast<ReplicaBlueprint> blueprint;
  private final ReplicaHome home;
  private final NetworkFacts facts;
  private ExchangeTimes lastTimes = ExchangeTimes.NONE;
  private boolean closed;

  /**
   * Builds replica 0 on an executor, to learn its sizes; the others are built when first needed.
   *
   * @param name of the job group, for Spark's pages
   * @param batch examples per replica and step
   * @param seed of the run, for randomness inside the network
   */
  SparkGradientSource(
      JavaSparkContext spark,
      String name,
      ReplicaFactory factory,
      int replicas,
      int batch,
      long seed) {
    this.spark = spark;
    this.scope = new JobScope(spark, name);
    this.replicas = replicas;
    String source = name + "-" + UUID.randomUUID();
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    this.blueprint = spark.broadcast(new ReplicaBlueprint(factory, hadoop, replicas, batch, seed));
    this.home = new ReplicaHome(source, blueprint);
    this.numbers =
        spark.parallelize(IntStream.range(0, replicas).boxed().toList(), replicas).cache();
    boolean described = false;
    try {
      this.facts = onFirst("describe the network", new ReplicaTasks.Describe(home));
      described = true;
    } finally {
      if (!described) {
        close();
      }
    }
  }

  @Override
  public NetworkSize size() {
    return facts.size();
  }

  @Override
  public int examples(Portion portion) {
    return facts.examples().get(portion);
  }

  @Override
  public int steps(Portion portion, int epoch) {
    return facts.paces().get(portion).steps(epoch);
  }

  @Override
  public double rateFactor(Portion portion, StepId at) {
    return facts.paces().get(portion).rateFactor(at);
  }

  @Override
  public float[] initialWeights(long seed) {
    return onFirst("draw weights", new ReplicaTasks.DrawWeights(home, seed));
  }

  @Override
  public float[] initialStatistics() {
    return onFirst("initial statistics", new ReplicaTasks.InitialStatistics(home));
  }

  @Override
  public List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] mixing) {
    return exchange(request, new Point(weights, List.of(mixing), Floats.of(new float[0])), false);
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics) {
    return exchange(request, new Point(List.of(weights), mixings, statistics), true);
  }

  private List<Gradients> exchange(GradientRequest request, Point state, boolean evaluation) {
    long start = System.nanoTime();
    Broadcast<Point> point = spark.broadcast(state);
    long sent = System.nanoTime();
    long collected;
    List<PartialSums> parts;
    List<Gradients> means;
    try {
      parts = collect(new ReplicaTasks.SumGradients(home, point, request, evaluation));
      collected = System.nanoTime();
      List<GradientSum> sums =
          PartialSums.total(parts, isDirect() ? GradientSum::reduce : GradientSum::reduceGroup);
      means = sums.stream().map(GradientSum::mean).toList();
    } finally {
      point.destroy();
    }
    PartialSums.Times slowest = PartialSums.slowest(parts);
    lastTimes =
        new ExchangeTimes(
            (sent - start) / 1e9,
            (collected - sent) / 1e9,
            slowest.fetch() / 1e9,
            slowest.gradients() / 1e9,
            (System.nanoTime() - collected) / 1e9);
    return means;
  }

  /** Of the last {@link #gradients}. */
  ExchangeTimes lastTimes() {
    return lastTimes;
  }

  private boolean isDirect() {
    return replicas <= DIRECT;
  }

  @Override
  public List<Score> evaluate(
      Portion portion, int most, Floats weights, List<float[]> mixings, Floats statistics) {
    int chunks = Math.min(most, facts.chunks().get(portion));
    List<List<List<BatchScore>>> perReplica =
        withBroadcast(
            new Point(List.of(weights), mixings, statistics),
            point ->
                scope.run(
                    "evaluate " + portion,
                    () ->
                        numbers
                            .map(
                                new ReplicaTasks.ScoreChunks(
                                    home, point, portion, chunks, replicas))
                            .collect()));
    List<Score> scores = new ArrayList<>(mixings.size());
    for (int m = 0; m < mixings.size(); m++) {
      List<BatchScore> inOrder = new ArrayList<>(chunks);
      for (int chunk = 0; chunk < chunks; chunk++) {
        inOrder.add(perReplica.get(chunk % replicas).get(chunk / replicas).get(m));
      }
      scores.add(Score.of(inOrder));
    }
    return scores;
  }

  /** Frees the replicas, as far as their executors can be reached. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    ReplicaHome.free(home.source());
    if (spark.sc().isStopped()) {
      return;
    }
    try {
      scope.run("free replicas", () -> freeOnExecutors(numbers, home.source()));
    } catch (ClusterException e) {
      LOG.warn("Replicas on executors were not freed: {}", e.getMessage());
    }
    numbers.unpersist(false);
    blueprint.destroy();
  }

  private static Void freeOnExecutors(JavaRDD<Integer> numbers, String source) {
    numbers.foreach(new ReplicaTasks.Free(source));
    return null;
  }

  /** Unique for every source. */
  String id() {
    return home.source();
  }

  /** The way to its replicas, for tasks of other jobs. */
  ReplicaHome home() {
    return home;
  }

  int replicas() {
    return replicas;
  }

  /** The replicas' numbers, a partition each: Spark sends its tasks where the replicas are. */
  JavaRDD<Integer> numbers() {
    return numbers;
  }

  /** Builds all replicas that are not there, where their tasks are sent. */
  void build() {
    scope.run("build replicas", () -> buildOnExecutors(numbers, home));
  }

  private static Void buildOnExecutors(JavaRDD<Integer> numbers, ReplicaHome home) {
    numbers.foreach(new ReplicaTasks.Build(home));
    return null;
  }

  /** The replicas' sums in order, or those of their groups if they are many. */
  private List<PartialSums> collect(ReplicaTasks.SumGradients task) {
    String description = describe(task.request());
    if (isDirect()) {
      return scope.run(description, () -> numbers.map(task).collect());
    }
    int groupSize = GradientSum.groupSize(replicas);
    int groups = (replicas + groupSize - 1) / groupSize;
    JavaPairRDD<Integer, PartialSums> grouped =
        numbers
            .mapToPair(new ReplicaTasks.SumForGroup(task, groupSize))
            .partitionBy(new ReplicaTasks.ByGroup(groups));
    JavaRDD<PartialSums> sums = grouped.mapPartitions(new ReplicaTasks.SumGroup());
    try {
      return scope.run(description, sums::collect);
    } finally {
      // Spark would keep the files until the driver's next full garbage collection.
      sums.rdd().cleanShuffleDependencies(false);
    }
  }

  private <T> T onFirst(
      String description, org.apache.spark.api.java.function.Function<Integer, T> task) {
    return scope.run(description, () -> firstPartition(numbers.map(task)));
  }

  private static <T> T firstPartition(JavaRDD<T> results) {
    List<T>[] parts = results.collectPartitions(new int[] {0});
    return parts[0].get(0);
  }

  private <T> T withBroadcast(Point state, Function<Broadcast<Point>, T> use) {
    Broadcast<Point> point = spark.broadcast(state);
    try {
      return use.apply(point);
    } finally {
      point.destroy();
    }
  }

  private static String describe(GradientRequest request) {
    String wanted =
        switch (request.wanted()) {
          case WEIGHTS, LOSS_WEIGHTS -> "w";
          case MIXING -> "alpha";
          case BOTH, LOSS_BOTH -> "w and alpha";
          case STATISTICS -> "batch statistics";
        };
    return "epoch %d step %d: %s".formatted(request.at().epoch(), request.at().step(), wanted);
  }
}
