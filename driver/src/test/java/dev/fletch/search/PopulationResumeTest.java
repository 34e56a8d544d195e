package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
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
