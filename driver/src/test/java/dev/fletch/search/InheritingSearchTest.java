package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Operation;
import dev.fletch.data.DataSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.evolution.GenomeSpace;
import dev.fletch.evolution.Population;
import dev.fletch.runfolder.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evolution with real trainings, whose weights children inherit. */
class InheritingSearchTest {
  private static final int GENERATIONS = 4;

  /** One unbroken search that all others are compared with: {@code a}. */
  @TempDir static Path folder;

  private static final List<FitnessJob> UNBROKEN = new ArrayList<>();
  private static SearchResult unbroken;

  private final List<FitnessJob> jobs = new ArrayList<>();

  @BeforeAll
  static void searchUnbroken() throws IOException {
    InheritingSearchTest test = new InheritingSearchTest();
    unbroken = search("a", test::inOrder, new RecordingListener());
    UNBROKEN.addAll(test.jobs);
  }

  private static RunFolder run(String name) throws IOException {
    Path path = Files.createDirectories(folder.resolve(name));
    Files.writeString(path.resolve(RunFolder.CONFIG), "");
    return RunFolder.open(path.toString(), new Configuration());
  }

  private static PopulationPlan plan(boolean inherit) {
    return SmallPopulation.plan(
        4,
        inherit,
        new GenomeSpace(
            List.of(Operation.IDENTITY, new Operation("sep_conv_3"), new Operation("dil_conv_3")),
            List.of(Activation.RELU),
            List.of(Aggregation.ADD),
            3),
        new BudgetSettings(GENERATIONS, 0, 0),
        new DataSettings(
            new IdxFormat(), "bundled:fashion-mnist", List.of(), List.of(), 60, 32, 0.5));
  }

  private List<Fitness> inOrder(List<FitnessJob> next, int parallel, Consumer<Fitness> ended) {
    jobs.addAll(next);
    List<Fitness> results = next.stream().map(job -> job.run(new Configuration())).toList();
    results.forEach(ended);
    return results;
  }

  /** As many executors may finish. */
  private List<Fitness> backwards(List<FitnessJob> next, int parallel, Consumer<Fitness> ended) {
    List<FitnessJob> reversed = new ArrayList<>(next);
    Collections.reverse(reversed);
    List<Fitness> results = new ArrayList<>(inOrder(reversed, parallel, ended));
    Collections.reverse(results);
    return results;
  }

  private static SearchResult search(String name, FitnessRunner runner, RecordingListener listener)
      throws IOException {
    return new PopulationSearch(plan(true), runner, run(name), listener).run();
  }

  @Test
  void childrenBeginWithWhatTheirParentsLeft() throws IOException {
    List<Population> generations = PopulationFile.readAll(run("a"), GENERATIONS);
    int first = generations.get(0).individuals().size();
    List<FitnessJob> children = UNBROKEN.stream().filter(job -> job.id() >= first).toList();
    assertThat(children).isNotEmpty();
    for (FitnessJob job : children) {
      assertThat(job.heritage().parents()).as("genome %d", job.id()).isNotEmpty();
      Heritage.Parent fitter = job.heritage().parents().get(0);
      assertThat(fitter.id()).isLessThan(job.id());
      assertThat(job.heritage().ports().size())
          .isLessThanOrEqualTo(job.genome().phenotype().ports().size());
    }
    assertThat(children).anyMatch(job -> !job.heritage().ports().isEmpty());
    assertThat(UNBROKEN).extracting(FitnessJob::id).doesNotHaveDuplicates();

    RunFolder scratch = run("scratch");
    new PopulationSearch(plan(false), this::inOrder, scratch, new RecordingListener()).run();
    assertThat(scratch.exists("search/weights")).isFalse();
    assertThat(PopulationFile.read(scratch, 0)).isEqualTo(generations.get(0));
    assertThat(PopulationFile.readAll(scratch, GENERATIONS)).isNotEqualTo(generations);
  }

  @Test
  void weightsOfTheLastGenerationAreLeft() throws IOException {
    int networks = unbroken.epochs().get(GENERATIONS - 1).generation().orElseThrow().networks();
    List<String> left = run("a").folders("search/weights");
    assertThat(left).isNotEmpty().hasSizeLessThanOrEqualTo(networks);
    assertThat(UNBROKEN).hasSizeGreaterThan(left.size());
  }

  @Test
  void theOrderInWhichTrainingsEndChangesNothing() throws IOException {
    search("backwards", this::backwards, new RecordingListener());

    assertSameFiles("backwards");
  }

  @Test
  void aSearchThatWasKilledGoesOnToTheSameBits() throws IOException {
    assertThatThrownBy(() -> search("killed", this::inOrder, new RecordingListener(0)))
        .isInstanceOf(RecordingListener.KilledException.class);
    FitnessRunner killed =
        (next, parallel, ended) -> {
          inOrder(next.subList(0, 1), parallel, ended);
          // whose weights are there, though nobody was told of them
          next.get(next.size() - 1).run(new Configuration());
          throw new RecordingListener.KilledException();
        };
    assertThatThrownBy(() -> search("killed", killed, new RecordingListener()))
        .isInstanceOf(RecordingListener.KilledException.class);
    search("killed", this::inOrder, new RecordingListener());

    assertSameFiles("killed");
  }

  /** Whose generation was scored already: nothing is trained without its parents' weights. */
  @Test
  void aCheckpointThatIsDamagedCostsNoBits() throws IOException {
    assertThatThrownBy(() -> search("damaged", this::inOrder, new RecordingListener(2)))
        .isInstanceOf(RecordingListener.KilledException.class);
    Path newest =
        folder.resolve("damaged").resolve(SearchCheckpoints.FOLDER).resolve("epoch-002.ckpt");
    byte[] content = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(content, content.length / 2));
    int before = jobs.size();
    search("damaged", this::inOrder, new RecordingListener());

    int ofLast = PopulationFile.read(run("damaged"), GENERATIONS - 1).individuals().get(0).id();
    assertThat(jobs.subList(before, jobs.size())).allMatch(job -> job.id() >= ofLast);
    assertSameFiles("damaged");
  }

  /** Time is all that may differ, and where the folder is. */
  private static void assertSameFiles(String name) throws IOException {
    Map<String, String> expected = contents("a");
    Map<String, String> actual = contents(name);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((file, content) -> assertThat(actual.get(file)).as(file).isEqualTo(content));
    assertThat(expected.keySet()).anyMatch(file -> file.startsWith("search/weights/"));
  }

  private static Map<String, String> contents(String name) throws IOException {
    Path root = folder.resolve(name);
    Map<String, String> contents = new HashMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String relative = root.relativize(file).toString();
        // checkpoints of the search hold seconds behind a checksum
        if (!relative.startsWith(SearchCheckpoints.FOLDER)) {
          contents.put(
              relative,
              Files.readString(file, StandardCharsets.ISO_8859_1)
                  .replaceAll("\"(seconds|imagesPerSecond|generationSeconds)\" ?: ?[^,}\\n]+", ""));
        }
      }
    }
    return contents;
  }
}
