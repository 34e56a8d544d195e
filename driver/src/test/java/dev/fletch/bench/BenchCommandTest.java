package dev.fletch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.Fletch;
import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.data.ImageShape;
import dev.fletch.engine.MachineRates;
import dev.fletch.network.CandidateSettings;
import dev.fletch.supernet.EdgeSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                "1",
                "--partial",
                "2"))
        .isZero();

    assertThat(out.toString()).hasLineCount(1);
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.fieldNames())
        .toIterable()
        .containsExactly(
            "engine",
            "device",
            "threads",
            "weights",
            "stepSecondsMedian",
            "stepSecondsLeast",
            "forwardSecondsMedian",
            "peakRssBytes",
            "planBytes",
            "multiplyAdds");
    assertThat(line.get("planBytes").asLong()).isEqualTo(4711);
    assertThat(line.get("multiplyAdds").asLong()).isEqualTo(1600);
    assertThat(line.get("engine").asText()).isEqualTo("tiny 1.0");
    assertThat(line.get("threads").asInt()).isEqualTo(1);
    assertThat(line.get("weights").asInt()).isEqualTo(3);
    assertThat(line.get("peakRssBytes").asLong()).isBetween(10_000_000L, 1L << 40);
    assertThat(networks.settings.initChannels()).isEqualTo(16);
    assertThat(networks.settings.layers()).isEqualTo(3);
    assertThat(networks.edges).isEqualTo(EdgeSettings.PLAIN.withPartial(2));
    assertThat(networks.image).isEqualTo(new ImageShape(3, 32, 30));
    assertThat(networks.classes).isEqualTo(4);
    assertThat(networks.batch).isEqualTo(7);
    assertThat(networks.gradients).as("with two to warm up").isEqualTo(8);
    assertThat(networks.evaluations).isEqualTo(6);
    assertThat(networks.isClosed).isTrue();
  }

  /** 20 words and size 8: 20 x 9, 4 x 64 for word and memory, 2 x 64 for each of two nodes. */
  @Test
  void languageModelsHaveTheSameKeys() throws IOException {
    assertThat(
            bench(
                "--recurrent",
                "--vocabulary=20",
                "--size=8",
                "--nodes=2",
                "--bptt=4",
                "--batch=3",
                "--steps=1",
                "--warm-up=0",
                "--threads=1"))
        .isZero();

    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.fieldNames())
        .toIterable()
        .containsExactly(
            "engine",
            "device",
            "threads",
            "weights",
            "stepSecondsMedian",
            "stepSecondsLeast",
            "forwardSecondsMedian",
            "peakRssBytes",
            "planBytes",
            "multiplyAdds");
    assertThat(line.get("weights").asInt()).isEqualTo(180 + 256 + 2 * 128);
    assertThat(line.get("multiplyAdds").asInt()).isEqualTo(256 + 3 * 128 + 160);
  }

  /** The tiny networks have two edges. */
  @Test
  void samplesHaveOneOperationPerEdge() throws IOException {
    assertThat(bench("--sampled", "--steps", "3")).isZero();

    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.get("multiplyAdds").asLong()).isEqualTo(1600);
    assertThat(line.get("sampledMultiplyAdds").asLong()).isEqualTo(200);
    assertThat(networks.edges.sampled()).isTrue();
    assertThat(networks.gradients).as("with twenty to warm up").isEqualTo(23);
    assertThat(networks.mixings).hasSizeGreaterThan(2);
  }

  @Test
  void aProfileComesAsTableAndAsJson() throws IOException {
    assertThat(bench("--profile", "--steps", "2")).isZero();

    // the tiny networks claim two kinds of steps: see profile
    assertThat(err.toString())
        .contains("per step")
        .containsPattern(
            "depthwise 3x3 +backward +1\\.50 +60\\.0% +2 +3\\.0 +2\\.0 +4\\.0 +0\\.08 +20\\.0\\R")
        .containsPattern("head +forward +1\\.00 +40\\.0% +1 ")
        .contains(
            "all steps 2.50 ms, at least 0.08; a product of two 1024x1024 matrices reaches 99.0")
        .contains("copies 10.0 GB/s in memory and 40.0 in the caches");
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.get("productGigaflops").asDouble()).isEqualTo(99);
    assertThat(line.get("profile")).hasSize(2);
    JsonNode slowest = line.get("profile").get(0);
    assertThat(slowest.get("kind").asText()).isEqualTo("depthwise 3x3");
    assertThat(slowest.get("pass").asText()).isEqualTo("backward");
    assertThat(slowest.get("seconds").asDouble()).isEqualTo(0.0015);
    assertThat(slowest.get("calls").asInt()).isEqualTo(2);
    assertThat(slowest.get("bytes").asInt()).isEqualTo(3_000_000);
    assertThat(slowest.get("gigaflops").asDouble()).isEqualTo(4);
    assertThat(slowest.get("leastSeconds").asDouble()).isEqualTo(0.000075);
    assertThat(slowest.get("timesLeast").asDouble()).isEqualTo(20);
  }

  /**
   * What moves more than fits the caches is read from memory; what computes much waits for that.
   */
  @Test
  void theLeastTimeIsThatOfBytesOrOfOperations() {
    MachineRates rates = new MachineRates(100, 10, 40);
    assertThat(rates.leastSeconds(0, 4_000_000, 2)).isEqualTo(0.0001);
    assertThat(rates.leastSeconds(0, 6_000_000, 2)).isEqualTo(0.0006);
    assertThat(rates.leastSeconds(100_000_000_000L, 6_000_000, 2)).isEqualTo(1);
  }

  @Test
  void aCandidateIsTrainedAndTimedLikeTheYardstick() throws IOException {
    assertThat(
            run(
                "candidate",
                "--steps",
                "3",
                "--warm-up",
                "2",
                "--genotype",
                "DARTS_V1",
                "--batch",
                "4"))
        .isZero();

    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.fieldNames())
        .toIterable()
        .containsExactly(
            "engine",
            "device",
            "threads",
            "weights",
            "stepSecondsMedian",
            "stepSecondsLeast",
            "peakRssBytes",
            "planBytes");
    assertThat(line.get("device").asText()).isEqualTo("cpu");
    assertThat(networks.genotype).isEqualTo(PublishedGenotypes.find("DARTS_V1"));
    assertThat(networks.candidate).isEqualTo(new CandidateSettings(16, 8, 3, 0, 0, 1));
    assertThat(networks.image).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(networks.gradients).isEqualTo(5);
    // SGD with momentum 0.9 and decay 3e-4 at 0.025, gradient 1 in every step
    assertThat(networks.lastWeights[0])
        .isCloseTo(-0.025f * (1 + 1.9f + 2.71f + 3.439f), within(1e-3f));
  }

  @Test
  void aCandidateIsTimedAfterTheJitHasCompiledItsKernels() {
    assertThat(run("candidate", "--steps", "1", "--batch", "4")).isZero();

    assertThat(networks.gradients).isEqualTo(41);
  }

  @Test
  void anUnknownGenotypeIsRefusedWithASuggestion() {
    assertThat(run("candidate", "--genotype", "DARTS_V3")).isEqualTo(2);

    assertThat(err.toString()).contains("DARTS_V3").contains("DARTS_V2");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver", "executors"})
  void anExchangeIsTimedInParts(String exchange) throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    try {
      assertThat(
              run(
                  "exchange",
                  "--exchange",
                  exchange,
                  "--executors",
                  "6",
                  "--floats",
                  "1000",
                  "--rounds",
                  "2",
                  "--warm-up",
                  "1"))
          .isZero();
    } finally {
      System.clearProperty("spark.master");
      System.clearProperty("spark.ui.enabled");
    }
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.get("master").asText()).isEqualTo("local[2]");
    assertThat(line.get("exchange").asText()).isEqualTo(exchange);
    assertThat(line.get("executors").asInt()).isEqualTo(6);
    assertThat(line.get("floats").asInt()).isEqualTo(1000);
    double round = line.get("roundSecondsMedian").asDouble();
    assertThat(round).isPositive();
    for (String part :
        List.of(
            "secondsPerExchangeMedian",
            "broadcastSeconds",
            "fetchSeconds",
            "gradientsSeconds",
            "schedulingAndResultsSeconds",
            "reduceSeconds")) {
      assertThat(line.get(part).asDouble()).as(part).isBetween(0.0, round + 1e-4);
    }
  }

  @Test
  void anImpossibleExchangeIsRefused() {
    assertThat(run("exchange", "--executors", "0", "--floats", "0", "--exchange", "nobody"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("--exchange must be driver or executors, got nobody")
        .contains("--executors must be >= 1, got 0")
        .contains("--floats must be >= 1, got 0");
  }

  @Test
  void theUsualSizeIsThatOfTheYardstick() {
    assertThat(bench()).isZero();

    assertThat(networks.settings.initChannels()).isEqualTo(8);
    assertThat(networks.edges).isEqualTo(EdgeSettings.PLAIN);
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

  private int bench(String... options) {
    return run("step", options);
  }

  private int run(String what, String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "bench";
    arguments[1] = what;
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
}
