package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.data.Batch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import dev.fletch.supernet.SupernetSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final TinyNetworks networks = new TinyNetworks();

  @Test
  void printsOneLineWithTheKeysOfTheYardstick() throws IOException {
    assertThat(
            bench(
                "--init-channels",
                "16",
                "--layers",
                "3",
                "--batch",
                "7",
                "--image",
                "3x32x30",
                "--classes",
                "4",
                "--steps",
                "6",
                "--threads",
                "1"))
        .isZero();

    assertThat(out.toString()).hasLineCount(1);
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.fieldNames())
        .toIterable()
        .containsExactly(
            "engine",
            "threads",
            "weights",
            "stepSecondsMedian",
            "forwardSecondsMedian",
            "peakRssBytes");
    assertThat(line.get("engine").asText()).isEqualTo("tiny 1.0");
    assertThat(line.get("threads").asInt()).isEqualTo(1);
    assertThat(line.get("weights").asInt()).isEqualTo(3);
    assertThat(line.get("peakRssBytes").asLong()).isBetween(10_000_000L, 1L << 40);
    assertThat(networks.settings.initChannels()).isEqualTo(16);
    assertThat(networks.settings.layers()).isEqualTo(3);
    assertThat(networks.image).isEqualTo(new ImageShape(3, 32, 30));
    assertThat(networks.classes).isEqualTo(4);
    assertThat(networks.batch).isEqualTo(7);
    assertThat(networks.gradients).as("with two to warm up").isEqualTo(8);
    assertThat(networks.evaluations).isEqualTo(6);
    assertThat(networks.isClosed).isTrue();
  }

  @Test
  void theUsualSizeIsThatOfTheYardstick() {
    assertThat(bench()).isZero();

    assertThat(networks.settings.initChannels()).isEqualTo(8);
    assertThat(networks.settings.layers()).isEqualTo(5);
    assertThat(networks.image).isEqualTo(new ImageShape(1, 28, 28));
    assertThat(networks.batch).isEqualTo(32);
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThat(bench("--steps", "0", "--batch", "0")).isEqualTo(2);
    assertThat(bench("--image", "28x28")).isEqualTo(2);
    assertThat(bench("--init-channels", "7")).isEqualTo(2);

    assertThat(err.toString().lines())
        .containsExactly(
            "fletch: --batch must be >= 1, got 0",
            "fletch: --steps must be >= 1, got 0",
            "fletch: Invalid value for option '--image': must be channels x height x"
                + " width, for example 3x32x32, got 28x28 (see fletch bench step --help)",
            "fletch: init-channels must be even, so that a factorized reduction can halve it, got"
                + " 7");
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(StepBenchmark.median(new double[] {9, 1, 5})).isEqualTo(5);
    assertThat(StepBenchmark.median(new double[] {9, 1, 5, 6})).isEqualTo(5.5);
  }

  private int bench(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "bench";
    arguments[1] = "step";
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Fletch.execute(
        (config, folder, command, progress) -> {
          throw new AssertionError("a measurement has no phases");
        },
        networks,
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        arguments);
  }

  /** Networks of three weights that count how often they are asked. */
  static final class TinyNetworks implements BenchCommand.Networks, TrainableNetwork {
    private SupernetSettings settings;
    private ImageShape image;
    private int classes;
    private int batch;
    private int gradients;
    private int evaluations;
    private boolean isClosed;

    @Override
    public String engine() {
      return "tiny 1.0";
    }

    @Override
    public TrainableNetwork supernet(
        SupernetSettings given, ImageShape shape, int labels, int examples, int threads) {
      settings = given;
      image = shape;
      classes = labels;
      batch = examples;
      return this;
    }

    @Override
    public int weightCount() {
      return 3;
    }

    @Override
    public int mixingCount() {
      return 16;
    }

    @Override
    public int statisticsCount() {
      return 2;
    }

    @Override
    public float[] initialWeights(long seed) {
      return new float[3];
    }

    @Override
    public float[] initialStatistics() {
      return new float[] {0, 1};
    }

    @Override
    public BatchGradients gradients(
        Batch given, long seed, StepId at, float[] weights, float[] mixing, Wanted wanted) {
      assertThat(given.size()).isEqualTo(batch);
      assertThat(mixing).containsOnly(1f / 8);
      assertThat(wanted).isEqualTo(Wanted.BOTH);
      gradients++;
      return new BatchGradients(
          new float[3], new float[16], new float[2], new BatchScore(0, 0, given.size()));
    }

    @Override
    public BatchScore evaluate(Batch given, float[] weights, float[] mixing, float[] statistics) {
      evaluations++;
      return new BatchScore(0, 0, given.size());
    }

    @Override
    public float[] logits(Batch given, float[] weights, float[] mixing, float[] statistics) {
      throw new AssertionError("not part of the measurement");
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
