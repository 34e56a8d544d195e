package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.cluster.SparkCluster;
import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.gradient.Metrics;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.search.PopulationPlan;
import dev.fletch.search.PopulationSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evolution of small structures on real images, from the command to the report. */
class PopulationRunTest {
  private static final int GENERATIONS = 3;
  private static final int POPULATION = 4;

  @TempDir Path folder;

  static Path conf(Path folder, Object output, String more) throws IOException {
    return Files.writeString(
        folder.resolve("neat.conf"),
        """
        fletch {
          name = neat
          output = "%s"
          data { format = idx, path = "bundled:fashion-mnist", train-limit = 60, test-limit = 32 }
          space.operations = [identity, sep_conv_3, max_pool_3]
          search {
            method {
              name = neat, population = %d, max-nodes = 3, mutation.probability = 0.9
              inherit-weights = true
            }
            budget.generations = %d
            fitness {
              init-channels = 2, layers = 1, reduce-after = [], epochs = 1, batch = 8
            }
          }
          retrain {
            candidates = [best-validation, last, epoch-0], epochs = 1, batch = 16
            init-channels = 2, layers = 2, reduce-after = [1], stem-multiplier = 1
          }
          %s
        }
        """
            .formatted(output, POPULATION, GENERATIONS, more));
  }

  @Test
  void aRunThatIsKilledInAGenerationComesToTheBitsOfAnUnbrokenOne()
      throws IOException, InterruptedException {
    RunFiles broken = new RunFiles(folder.resolve("broken"));
    RunFiles unbroken = new RunFiles(folder.resolve("unbroken"));
    Path conf = conf(folder, broken.root(), "");

    try (ChildRun first = ChildRun.start(folder, "run", conf)) {
      first.await(
          "a network of generation 1",
          () ->
              broken.has("search/population/generation-000.json")
                  && fitnessFiles(broken) > trained(broken, 0));
      first.suspend();
      first.kill();
    }
    assertThat(broken.text("search/epochs.jsonl").lines().count()).isLessThan(GENERATIONS);
    TinyRun.Outcome resumed = TinyRun.fletch("run", conf, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("search goes on at generation ");

    TinyRun.Outcome outcome = TinyRun.fletch("run", conf, "--set", "output=" + unbroken.root());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    broken.assertSameSearchAs(unbroken);
    for (String name : unbroken.names()) {
      if (name.startsWith("search/population/")) {
        assertThat(broken.text(name)).as(name).isEqualTo(unbroken.text(name));
      }
    }
    assertHoldsARun(unbroken);
    assertThat(outcome.err()).contains("search: generation 2: best validation accuracy 0.");
  }

  private static int fitnessFiles(RunFiles run) {
    String[] names = run.root().resolve("search/fitness").toFile().list();
    return names == null ? 0 : (int) List.of(names).stream().filter(n -> n.endsWith("n")).count();
  }

  private static int trained(RunFiles run, int generation) {
    try {
      return run.has("search/epochs.jsonl")
          ? run.timelessLines("search/epochs.jsonl")
              .get(generation)
              .at("/generation/trained")
              .asInt()
          : Integer.MAX_VALUE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertHoldsARun(RunFiles run) throws IOException {
    List<JsonNode> epochs = run.timelessLines("search/epochs.jsonl");
    assertThat(epochs).hasSize(GENERATIONS);
    Set<String> scores = new TreeSet<>();
    for (int generation = 0; generation < GENERATIONS; generation++) {
      JsonNode epoch = epochs.get(generation);
      JsonNode file = run.json("search/population/generation-00" + generation + ".json");
      assertThat(file.path("individuals")).hasSize(POPULATION);
      double best = epoch.path("validationAccuracy").asDouble();
      List<Double> fitness = new ArrayList<>();
      file.path("individuals").forEach(i -> fitness.add(i.path("fitness").asDouble()));
      assertThat(fitness.stream().mapToDouble(f -> f).max().orElseThrow()).isEqualTo(best);
      assertThat(best).isBetween(0.0, 1.0);
      assertThat(epoch.at("/generation/parameters").asLong()).isPositive();
      scores.add(fitness.toString());
    }
    assertThat(scores).hasSizeGreaterThan(1);
    int evaluations = epochs.get(GENERATIONS - 1).at("/generation/evaluations").asInt();
    assertThat(fitnessFiles(run)).isEqualTo(evaluations);
    assertThat(run.names())
        .filteredOn(name -> name.startsWith("search/weights/"))
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(POPULATION);
    JsonNode report = run.json("report/report.json");
    assertThat(report.at("/search/method").asText()).isEqualTo("neat");
    assertThat(report.at("/candidates/0/seeds/0/status").asText()).isEqualTo("done");
    assertThat(report.at("/candidates/0/genotype/nodes").size()).isPositive();
    assertThat(run.text("report/leaderboard.csv")).contains("best-validation");
    assertThat(run.text("report/index.html")).contains("genome output=");
    assertThat(run.has("_SUCCESS")).isTrue();
  }

  @Test
  void aGenomeThatDivergesIsReported() throws IOException {
    RunFiles run = new RunFiles(folder.resolve("run"));
    Path conf =
        conf(
            folder,
            run.root(),
            """
space.operations = [identity, sep_conv_3]
space.activations = [identity]
search.budget.generations = 1
search.fitness { gradient-clip = 0, weights.learning-rate = 1e20, weights.schedule = constant }
""");

    TinyRun.Outcome outcome = TinyRun.fletch("search", conf);

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err())
        .containsPattern(
            "warning: genome \\d+ has the lowest fitness: Training diverged at epoch 0, step \\d+")
        .contains("fletch: no genome of generation 0 could be scored; the first of them: Training");
    assertThat(run.json("search/fitness/genome-00000.json").path("status").asText())
        .isEqualTo("failed");
    assertThat(run.json("search/fitness/genome-00000.json").path("failure").asText())
        .startsWith("Training diverged at epoch 0");
    assertThat(run.has("search/epochs.jsonl")).isFalse();
  }

  @Test
  void theEstimateSaysWhatASearchMayTake() throws IOException {
    Path conf = conf(folder, folder.resolve("run"), "");

    TinyRun.Outcome outcome = TinyRun.fletch("validate", conf, "--dry-run");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains(
            "search    neat: at most 3 generations of 4 genomes, 12 evaluations (equal networks are"
                + " trained once), 2 at a time")
        .contains(
            "4 steps of 8 examples each; how long that takes is not known before, for networks"
                + " differ")
        .contains(
            "children start with weights of their parents: at most 1 MiB of them stay in"
                + " search/weights")
        .containsPattern("retrain   at most 3 trainings \\(3 candidates, 1 seed\\)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("slow")
  void theNumberOfExecutorsChangesNothing(boolean inherit) throws IOException {
    RunConfig config =
        RunConfigLoader.load(
            conf(folder, "unused", "search.method.inherit-weights = " + inherit), List.of());
    for (int executors : List.of(1, 2, 4)) {
      Path output = Files.createDirectories(folder.resolve("executors-" + executors));
      Files.writeString(output.resolve(RunFolder.CONFIG), config.render());
      try (SparkCluster cluster = ExecutorProcesses.open(executors)) {
        PopulationPlan plan =
            (PopulationPlan) config.searchPlan(Metrics.DEFAULT, config.resolved());
        RunFolder run = RunFolder.open(output.toString(), new Configuration());
        new PopulationSearch(plan, cluster.fitness(""), run, new SilentListener()).run();
      }
    }

    RunFiles one = new RunFiles(folder.resolve("executors-1"));
    for (int executors : List.of(2, 4)) {
      RunFiles more = new RunFiles(folder.resolve("executors-" + executors));
      more.assertSameSearchAs(one);
      for (String name : one.names()) {
        if (name.startsWith("search/population/")) {
          assertThat(more.text(name)).as(name).isEqualTo(one.text(name));
        }
      }
    }
  }
}
