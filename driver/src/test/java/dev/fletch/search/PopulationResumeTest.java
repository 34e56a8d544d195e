package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.evolution.Population;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A search by evolution comes to the same bits, however often it is interrupted. */
class PopulationResumeTest extends InstantEvolution {
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

  /** One keeps what the others came to, the genomes that failed themselves with it. */
  @Test
  void trainingsThatWereLostAreDoneByTheNextStart() throws IOException {
    search("a", generations(2), this::inOrder);
    trained.clear();
    assertThatThrownBy(() -> search("b", generations(2), losing(id -> true)))
        .isInstanceOf(LostException.class);
    assertThat(files("b")).doesNotContain(FitnessFile.name(0)).noneMatch(n -> n.contains("genome"));
    assertThatThrownBy(() -> search("b", generations(2), losing(id -> id == 0)))
        .isInstanceOf(LostException.class);
    assertThat(files("b")).doesNotContain(FitnessFile.name(0)).anyMatch(n -> n.contains("genome"));
    List<Integer> kept = List.copyOf(trained);
    search("b", generations(2), this::inOrder);

    assertThat(trained).startsWith(kept.toArray(Integer[]::new)).doesNotHaveDuplicates();
    List<GenerationDetails.Failure> failures =
        SearchResult.readSoFar(run("b")).epochs().get(0).generation().orElseThrow().failures();
    assertThat(failures).isNotEmpty();
    assertThat(kept).containsAnyElementsOf(failures.stream().map(f -> f.genome()).toList());
    assertThat(PopulationFile.read(run("b"), 0).fitness().get(failures.get(0).genome()))
        .isEqualTo(Population.FAILED);
    assertSameFiles();
  }

  @Test
  void timeBeforeInterruptionsCounts() {
    double took = 0.15;
    FitnessRunner killed =
        (jobs, parallel, ended) -> {
          pass(took);
          ended.accept(score(jobs.get(0)));
          throw new RecordingListener.KilledException();
        };
    for (int start = 0; start < 2; start++) {
      assertThatThrownBy(() -> search("a", generations(3), killed))
          .isInstanceOf(RecordingListener.KilledException.class);
    }
    SearchResult result = search("a", new BudgetSettings(3, 0, 2 * took / 60), this::inOrder);

    EpochRecord first = result.epochs().get(0);
    assertThat(first.seconds()).isGreaterThanOrEqualTo(2 * took);
    GenerationDetails details = first.generation().orElseThrow();
    Set<Integer> failed =
        details.failures().stream().map(f -> f.genome()).collect(Collectors.toSet());
    long scored = trained.stream().filter(id -> !failed.contains(id)).count();
    assertThat(trained).hasSize(details.trained());
    assertThat(first.imagesPerSecond() * first.seconds()).isCloseTo(60.0 * scored, within(1e-6));
    assertThat(result.epochs()).hasSize(1);
    assertThat(result.stopReason()).isEqualTo("the budget of 0.005 minutes was used up");
  }

  private static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private FitnessRunner losing(IntPredicate lost) {
    return (jobs, parallel, ended) -> {
      inOrder(jobs.stream().filter(job -> !lost.test(job.id())).toList(), parallel, ended);
      throw new LostException();
    };
  }

  private static void pass(double seconds) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < seconds * 1e9) {
      Thread.onSpinWait();
    }
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
}
