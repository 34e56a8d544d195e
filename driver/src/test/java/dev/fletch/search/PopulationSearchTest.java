package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Operation;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.evolution.CrossoverRule;
import dev.fletch.evolution.CrossoverSettings;
import dev.fletch.evolution.GenomeSpace;
import dev.fletch.evolution.MutationSettings;
import dev.fletch.evolution.NeatSettings;
import dev.fletch.evolution.Population;
import dev.fletch.evolution.SelectionRule;
import dev.fletch.evolution.SelectionSettings;
import dev.fletch.evolution.SpeciesSettings;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.Metrics;
import dev.fletch.network.CandidateSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.supernet.SupernetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search by evolution, with trainings that take no time. */
class PopulationSearchTest {
  private static final Operation CONVOLUTION = new Operation("sep_conv_3");
  private static final Operation IDENTITY = new Operation("identity");
  private static final Operation POOL = new Operation("max_pool_3");

  @TempDir Path folder;
  private final List<Integer> trained = Collections.synchronizedList(new ArrayList<>());
  private RecordingListener listener = new RecordingListener();

  /** Stands for a training: convolutions help, and a network that has a pool fails. */
  private Fitness score(FitnessJob job) {
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

  private List<Fitness> inOrder(List<FitnessJob> jobs, int parallel, Consumer<Fitness> ended) {
    List<Fitness> results = jobs.stream().map(this::score).toList();
    results.forEach(ended);
    return results;
  }

  /** As many executors may finish. */
  private List<Fitness> backwards(List<FitnessJob> jobs, int parallel, Consumer<Fitness> ended) {
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

  private RunFolder run(String name) {
    return RunFolder.open(folder.resolve(name).toString(), new Configuration());
  }

  private static PopulationPlan plan(BudgetSettings budget) {
    NeatSettings neat =
        new NeatSettings(
            8,
            1,
            false,
            new MutationSettings(0.9, 2, 1, 1, 1, 0, 1),
            new CrossoverSettings(CrossoverRule.SOURCE, 0.5, 0.75),
            new SelectionSettings(SelectionRule.RANK, 3, 0.5),
            new SpeciesSettings(false, 1, 1, 0.4, 20, 3, 15, 5, 0.5, 0.001),
            new GenomeSpace(
                List.of(IDENTITY, CONVOLUTION, POOL),
                List.of(Activation.RELU),
                List.of(Aggregation.ADD),
                4));
    FitnessSettings fitness =
        new FitnessSettings(
            2,
            new CandidateSettings(2, 1, 1, 0, 0, 1),
            8,
            1,
            new SgdSettings(0.9, 0),
            new LearningRateSettings(LearningRateSettings.Schedule.CONSTANT, 0.1, 0.1),
            5,
            AugmentationSettings.NONE);
    return new PopulationPlan(
        new PopulationSettings(neat, budget, fitness, 2),
        new DataSettings(new IdxFormat(), "data", List.of(), List.of(), 0, 0, 0.5),
        new SupernetSettings(2, 3, 2, 1, Operation.DARTS),
        Metrics.DEFAULT,
        3,
        ResultKeys.of(Map.of("seed", "3")));
  }

  private SearchResult search(String name, BudgetSettings budget, FitnessRunner runner) {
    return new PopulationSearch(plan(budget), runner, run(name), listener).run();
  }

  private static BudgetSettings generations(int generations) {
    return new BudgetSettings(generations, 0, 0);
  }

  @Test
  void everyDifferentNetworkIsTrainedOnce() {
    SearchResult result = search("a", generations(4), this::inOrder);

    assertThat(trained).doesNotHaveDuplicates();
    List<Genome> genomes = new ArrayList<>();
    for (Population generation : PopulationFile.readAll(run("a"), 4)) {
      genomes.addAll(generation.genomes());
    }
    Set<Long> networks =
        genomes.stream()
            .map(genome -> genome.phenotype().fingerprint())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(genomes).hasSize(32);
    assertThat(trained).hasSameSizeAs(networks);
    GenerationDetails last = result.epochs().get(3).generation().orElseThrow();
    assertThat(last.evaluations()).isEqualTo(trained.size()).isLessThan(32);
    assertThat(result.epochs().stream().mapToInt(e -> e.generation().orElseThrow().trained()).sum())
        .isEqualTo(trained.size());
  }

  @Test
  void aGenerationIsALineWithItsBestGenome() {
    SearchResult result = search("a", generations(3), this::inOrder);

    assertThat(result.stopReason()).isEqualTo("completed");
    assertThat(listener.epochs).containsExactly(0, 1, 2);
    for (EpochRecord record : result.epochs()) {
      GenerationDetails details = record.generation().orElseThrow();
      Population population = PopulationFile.read(run("a"), record.epoch());
      int place = details.best() - population.individuals().get(0).id();
      assertThat(population.individuals().get(place).genome()).isEqualTo(record.genotype());
      assertThat(population.fitness().get(place))
          .isEqualTo(record.validationFigure())
          .isEqualTo(Collections.max(population.fitness()));
      assertThat(details.meanFigure())
          .isEqualTo(
              population.fitness().stream()
                  .filter(Double::isFinite)
                  .mapToDouble(f -> f)
                  .average()
                  .orElseThrow());
      assertThat(details.genomes()).isEqualTo(8);
      assertThat(details.nodes())
          .isEqualTo(Genome.of(record.genotype()).phenotype().nodes().size());
      assertThat(record.trainFigure()).isEqualTo(record.validationFigure() - 0.1);
      assertThat(EpochRecord.fromJson(record.toJson())).isEqualTo(record);
      assertThat(record.toJson()).doesNotContain("temperature").doesNotContain("alphaEntropy");
    }
    assertThat(SearchResult.read(run("a"), plan(generations(3)))).isEqualTo(result);
    assertThat(SearchEnd.read(run("a")).orElseThrow().method()).isEqualTo("neat");
  }

  @Test
  void aGenomeThatFailsHasTheLowestFitnessAndIsReportedWithItsReason() {
    SearchResult result = search("a", generations(2), this::inOrder);

    GenerationDetails first = result.epochs().get(0).generation().orElseThrow();
    Population population = PopulationFile.read(run("a"), 0);
    List<Integer> withPool =
        population.individuals().stream()
            .filter(i -> i.genome().text().contains("max_pool_3"))
            .map(i -> i.id())
            .toList();
    assertThat(withPool).isNotEmpty();
    assertThat(first.failures())
        .isEqualTo(
            withPool.stream()
                .map(id -> new GenerationDetails.Failure(id, "Training diverged"))
                .toList());
    withPool.forEach(id -> assertThat(population.fitness().get(id)).isEqualTo(Population.FAILED));
    assertThat(listener.warnings)
        .contains(
            "genome %d has the lowest fitness: Training diverged (%s)"
                .formatted(
                    withPool.get(0),
                    population.individuals().get(withPool.get(0)).genome().text()));
  }

  @Test
  void aSearchWhoseGenomesAllFailSaysWhy() {
    FitnessRunner failing =
        (jobs, parallel, ended) ->
            jobs.stream().map(job -> Fitness.failed(job, "no room")).toList();

    assertThatThrownBy(() -> search("a", generations(2), failing))
        .isInstanceOf(DivergedException.class)
        .hasMessage("no genome of generation 0 could be scored; the first of them: no room");
  }

  @Test
  void theOrderInWhichTrainingsEndChangesNothing() throws IOException {
    search("a", generations(3), this::inOrder);
    search("b", generations(3), this::backwards);

    assertSameFiles();
  }

  @Test
  void aSearchThatWasKilledBetweenGenerationsGoesOnToTheSameBits() throws IOException {
    search("a", generations(4), this::inOrder);
    trained.clear();
    listener = new RecordingListener(1);
    assertThatThrownBy(() -> search("b", generations(4), this::inOrder))
        .isInstanceOf(RecordingListener.KilledException.class);
    listener = new RecordingListener();
    search("b", generations(4), this::inOrder);

    assertThat(listener.notes).contains("search goes on at generation 2 of 4");
    assertThat(trained).as("nothing is trained again").doesNotHaveDuplicates();
    assertSameFiles();
  }

  @Test
  void trainingsOfAnInterruptedGenerationAreKept() throws IOException {
    search("a", generations(3), this::inOrder);
    trained.clear();
    FitnessRunner killed =
        (jobs, parallel, ended) -> {
          boolean first = jobs.get(0).id() < 8;
          inOrder(first ? jobs : jobs.subList(0, 1), parallel, ended);
          if (!first) {
            throw new RecordingListener.KilledException();
          }
          return jobs.stream().map(this::score).toList();
        };
    assertThatThrownBy(() -> search("b", generations(3), killed))
        .isInstanceOf(RecordingListener.KilledException.class);
    assertThat(Files.exists(folder.resolve("b").resolve(PopulationFile.name(1)))).isFalse();
    int kept = trained.get(trained.size() - 1);
    trained.clear();
    search("b", generations(3), this::inOrder);

    assertThat(trained).doesNotContain(kept).isNotEmpty();
    assertSameFiles();
  }

  @Test
  void aBudgetOfEvaluationsOrMinutesEndsTheSearch() {
    SearchResult byEvaluations = search("a", new BudgetSettings(9, 6, 0), this::inOrder);
    SearchResult byMinutes = search("b", new BudgetSettings(9, 0, 1e-9), this::inOrder);

    assertThat(byEvaluations.stopReason()).isEqualTo("the budget of 6 evaluations was used up");
    assertThat(evaluations(byEvaluations)).isGreaterThanOrEqualTo(6);
    assertThat(byEvaluations.epochs()).hasSizeLessThan(9);
    assertThat(byMinutes.epochs()).hasSize(1);
    assertThat(byMinutes.stopReason()).isEqualTo("the budget of 1.0E-9 minutes was used up");
  }

  private static int evaluations(SearchResult result) {
    return result.epochs().get(result.lastEpoch()).generation().orElseThrow().evaluations();
  }

  @Test
  void aSearchOfOtherSettingsIsNotGoneOnWith() {
    search("a", generations(1), this::inOrder);
    PopulationPlan plan = plan(generations(2));
    PopulationPlan other =
        new PopulationPlan(
            plan.settings(),
            plan.data(),
            plan.supernet(),
            plan.metric(),
            4,
            ResultKeys.of(Map.of("seed", "4")));

    assertThatThrownBy(() -> new PopulationSearch(other, this::inOrder, run("a"), listener).run())
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("seed was 3, now 4");
  }

  /** Time is all that may differ. */
  private void assertSameFiles() throws IOException {
    assertThat(files("b")).isEqualTo(files("a"));
    for (String name : files("a")) {
      if (!name.endsWith(".ckpt")) {
        assertThat(text("b", name)).as(name).isEqualTo(text("a", name));
      }
    }
  }

  private List<String> files(String name) throws IOException {
    Path root = folder.resolve(name);
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private String text(String name, String file) throws IOException {
    return Files.readString(folder.resolve(name).resolve(file))
        .replaceAll("\"(seconds|imagesPerSecond)\":[^,}]+", "");
  }
}
