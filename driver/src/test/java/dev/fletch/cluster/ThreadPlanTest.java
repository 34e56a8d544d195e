package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadPlanTest {
  private static final int MACHINE = 8;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // master | tasks asked, threads asked | OMP_NUM_THREADS -> plan
        "local | 4 | 1 | 1 | 1 thread x 1 task at a time on 8 cores",
        "local[*] | 1 | 8 | - | 8 threads x 1 task at a time on 8 cores",
        "local[4] | 9 | 1 | 2 | 2 threads x 4 tasks at a time on 8 cores",
        "local[4,3] | 9 | 2 | 2 | 2 threads x 2 tasks at a time on 8 cores",
        "local[*] | 9 | 2 | many | 8 threads x 4 tasks at a time on 8 cores",
      })
  void plansLocalThreads(String master, int tasks, int threads, String omp, String plan) {
    assertThat(plan(new SparkConf(false).setMaster(master), tasks, threads, omp).describe())
        .isEqualTo(plan);
  }

  @Test
  void executorsGetTheirThreadsFromTaskCpus() {
    SparkConf conf =
        new SparkConf(false).setMaster("spark://head:7077").set("spark.executor.cores", "16");

    ThreadPlan plan = plan(conf, 8, 4, "1");

    assertThat(plan.describe()).isEqualTo("4 threads x 4 tasks at a time on 16 cores");
    assertThat(plan.warnings()).isEmpty();
    assertThat(conf.get("spark.task.cpus")).isEqualTo("4");
  }

  @Test
  void gpuExecutorRunsOneTaskWithAllItsCores() {
    SparkConf conf =
        new SparkConf(false)
            .setMaster("yarn")
            .set("spark.executor.cores", "8")
            .set("spark.executor.resource.gpu.amount", "1");

    assertThat(plan(conf, 4, 1, null).describe())
        .isEqualTo("8 threads x 1 task at a time on 8 cores");
    assertThat(conf.get("spark.task.cpus")).isEqualTo("8");
    assertThat(conf.get("spark.task.resource.gpu.amount")).isEqualTo("1");
  }

  @Test
  void warnsOfOversubscription() {
    SparkConf conf = new SparkConf(false).setMaster("local[4]");

    assertThat(plan(conf, 4, 1, null).warnings())
        .containsExactly(
            "Warning: 8 threads x 4 tasks at a time on 8 cores oversubscribes the cores and will be slow;"
                + " set OMP_NUM_THREADS=2, or run fewer tasks at a time");
  }

  @Test
  void warnsWhenTheEnvironmentHoldsThreadsBack() {
    SparkConf conf = new SparkConf(false).setMaster("local[*]");

    assertThat(plan(conf, 1, 4, "1").warnings())
        .containsExactly(
            "Warning: 4 threads per task are configured, but OMP_NUM_THREADS allows 1; set OMP_NUM_THREADS=4");
  }

  @Test
  void whatTheUserSetWins() {
    SparkConf conf =
        new SparkConf(false)
            .setMaster("local[4]")
            .setAppName("mine")
            .set("spark.ui.retainedJobs", "7")
            .set("spark.task.cpus", "4");

    SparkDefaults.complete(conf, new ClusterSettings("quickstart", 1, 1), MACHINE);

    assertThat(conf.get("spark.app.name")).isEqualTo("mine");
    assertThat(conf.get("spark.ui.retainedJobs")).isEqualTo("7");
    assertThat(conf.get("spark.task.cpus")).isEqualTo("4");
    assertThat(conf.get("spark.serializer")).endsWith("JavaSerializer");
    assertThat(conf.get("spark.scheduler.mode")).isEqualTo("FAIR");
    assertThat(conf.get("spark.speculation")).isEqualTo("false");
  }

  private static ThreadPlan plan(SparkConf conf, int tasks, int threads, String omp) {
    ClusterSettings settings = new ClusterSettings("test", tasks, threads);
    return ThreadPlan.of(SparkDefaults.complete(conf, settings, MACHINE), settings, omp, MACHINE);
  }
}
