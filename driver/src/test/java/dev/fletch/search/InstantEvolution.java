package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Operation;
import dev.fletch.data.DataSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.evolution.GenomeSpace;
import dev.fletch.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Searches by evolution, with trainings that take no time. */
abstract class InstantEvolution {
  static final Operation CONVOLUTION = new Operation("sep_conv_3");
  static final Operation IDENTITY = new Operation("identity");
  static final Operation POOL = new Operation("max_pool_3");

  @TempDir Path folder;
  final List<Integer> trained = Collections.synchronizedList(new ArrayList<>());
  RecordingListener listener = new RecordingListener();

  /** Stands for a training: convolutions help, and a network that has a pool fails. */
  Fitness score(FitnessJob job) {
    trained.add(job.id());
    List<Operation> operations =
        job.genome().phenotype().ports().values().stream().map(gene -> gene.operation()).toList();
    if (operations.isEmpty() || operations.contains(POOL)) {
      return Fitness.failed(job, "Training diverged\nat a pool");
    }
    long good = operations.stream().filter(CONVOLUTION::equals).count();
    double figure = 0.5 + 0.01 * good + 0.001 * operations.size();
    return new Fitness(
        job.id(), job.genome(), figure - 0.1, 2, figure, 1.5, 100 * good, 60, 0.25, "");
  }

  List<Fitness> inOrder(List<FitnessJob> jobs, int parallel, Consumer<Fitness> ended) {
    List<Fitness> results = jobs.stream().map(this::score).toList();
    results.forEach(ended);
    return results;
  }

  /** As many executors may finish. */
  List<Fitness> backwards(List<FitnessJob> jobs, int parallel, Consumer<Fitness> ended) {
    List<FitnessJob> reversed = new ArrayList<>(jobs);
    Collections.reverse(reversed);
    List<Fitness> results = new ArrayList<>(reversed.stream().map(this::score).toList());
    results.forEach(ended);
    Collections.reverse(results);
    return results;
  }

  @BeforeEach
  void begin() throws IOException {
    for (String name : List.of("a", "b")) {
      Files.createDirectories(folder.resolve(name));
      Files.writeString(folder.resolve(name).resolve(RunFolder.CONFIG), "");
    }
  }

  RunFolder run(String name) {
    return RunFolder.open(folder.resolve(name).toString(), new Configuration());
  }

  static PopulationPlan plan(BudgetSettings budget) {
    return SmallPopulation.plan(
        8,
        false,
        new GenomeSpace(
            List.of(IDENTITY, CONVOLUTION, POOL),
            List.of(Activation.RELU),
            List.of(Aggregation.ADD),
            4),
        budget,
        new DataSettings(new IdxFormat(), "data", List.of(), List.of(), 0, 0, 0.5));
  }

  SearchResult search(String name, BudgetSettings budget, FitnessRunner runner) {
    return new PopulationSearch(plan(budget), runner, run(name), listener).run();
  }

  static BudgetSettings generations(int generations) {
    return new BudgetSettings(generations, 0, 0);
  }

  static int evaluations(SearchResult result) {
    return result.epochs().get(result.lastEpoch()).generation().orElseThrow().evaluations();
  }

  /** Time is all that may differ. */
  void assertSameFiles() throws IOException {
    assertThat(files("b")).isEqualTo(files("a"));
    for (String name : files("a")) {
      if (!name.endsWith(".ckpt")) {
        assertThat(text("b", name)).as(name).isEqualTo(text("a", name));
      }
    }
  }

  List<String> files(String name) throws IOException {
    Path root = folder.resolve(name);
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  String text(String name, String file) throws IOException {
    return Files.readString(folder.resolve(name).resolve(file))
        .replaceAll("\"(seconds|imagesPerSecond|generationSeconds)\" ?: ?[^,}\n]+", "");
  }
}
