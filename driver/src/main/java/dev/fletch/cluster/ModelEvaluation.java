package dev.fletch.cluster;

import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.Batch;
import dev.fletch.data.DataSet;
import dev.fletch.data.DataSettings;
import dev.fletch.data.Portion;
import dev.fletch.gradient.Metric;
import dev.fletch.network.dl4j.Dl4jModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A metric of a DL4J model over the test set, by DL4J's own evaluation on Spark. Executors read the
 * test set themselves; only the model and counts travel.
 */
final class ModelEvaluation {
  private static final AugmentationSettings PLAIN = new AugmentationSettings(0, false, 0);

  /** The order of the test set does not depend on it. */
  private static final long SEED = 0;

  private final JavaSparkContext spark;
  private final DataSettings data;
  private final int batch;

  ModelEvaluation(JavaSparkContext spark, DataSettings data, int batch) {
    this.spark = spark;
    this.data = data;
    this.batch = batch;
  }

  /**
   * @param metric one of DL4J's too, by the same name
   * @throws ClusterException if the job fails, or does not count every example
   */
  double of(byte[] zip, Metric metric) {
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    int examples = DataSet.header(data, hadoop.value()).test();
    List<Integer> starts = new ArrayList<>();
    for (int from = 0; from < examples; from += batch) {
      starts.add(from);
    }
    int parts = Math.min(starts.size(), spark.defaultParallelism());
    JavaRDD<MultiDataSet> batches =
        spark.parallelize(starts, parts).map(new Read(data, batch, hadoop));
    Evaluation evaluation =
        new JobScope(spark, "evaluate")
            .run(
                "test " + metric.name() + " of the model",
                () ->
                    new SparkComputationGraph(spark, model(zip), null).evaluateMDS(batches, batch));
    if (evaluation.getNumRowCounter() != examples) {
      throw new ClusterException(
          "The evaluation counted %d of %d test examples"
              .formatted(evaluation.getNumRowCounter(), examples));
    }
    return evaluation.scoreForMetric(
        Evaluation.Metric.valueOf(metric.name().toUpperCase(Locale.ROOT)));
  }

  private static ComputationGraph model(byte[] zip) throws IOException {
    try (InputStream in = new ByteArrayInputStream(zip)) {
      return ModelSerializer.restoreComputationGraph(in, false);
    }
  }

  /** From the number of a batch's first example to the batch; on executors. */
  private record Read(DataSettings data, int batch, SerializableConfiguration hadoop)
      implements Function<Integer, MultiDataSet> {
    @Override
    public MultiDataSet call(Integer from) {
      GpuPinning.pin();
      DataSet examples = DataSet.open(data, PLAIN, SEED, hadoop.value());
      int to = Math.min(from + batch, examples.size(Portion.TEST));
      Batch next = examples.evaluation(Portion.TEST, from, to);
      float[] labels = new float[next.size() * examples.classes()];
      for (int n = 0; n < next.size(); n++) {
        labels[n * examples.classes() + next.targets()[n]] = 1;
      }
      INDArray oneHot = Nd4j.create(labels, new long[] {next.size(), examples.classes()}, 'c');
      return new org.nd4j.linalg.dataset.MultiDataSet(Dl4jModel.features(next), oneHot);
    }
  }
}
