package dev.fletch.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.replica.Dealing.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class DealingTest {
  @Test
  void tasksHaveNeighboursAndAsManyAsOthersOrOneMore() {
    assertThat(Dealing.even(4, 2).ofTasks()).containsExactly(List.of(0, 1), List.of(2, 3));
    assertThat(Dealing.even(5, 3).ofTasks())
        .containsExactly(List.of(0), List.of(1, 2), List.of(3, 4));
    assertThat(Dealing.even(1, 1).ofTasks()).containsExactly(List.of(0));
  }

  /** Nine replicas are added in groups of three. */
  @Test
  void onlyWhatIsAddedFirstIsAddedWhereItIs() {
    Dealing dealing = new Dealing(List.of(List.of(0, 1, 2, 3, 4), List.of(5, 7, 8), List.of(6)));

    assertThat(dealing.runs(0)).containsExactly(new Run(0, 3), new Run(3, 2));
    assertThat(dealing.runs(1)).containsExactly(new Run(5, 1), new Run(7, 1), new Run(8, 1));
    assertThat(dealing.runs(2)).containsExactly(new Run(6, 1));
  }

  @Test
  void everyReplicaIsThereOnceAndNoTaskIsIdle() {
    for (List<List<Integer>> wrong :
        List.of(
            List.of(List.of(0), List.of(0)),
            List.of(List.of(1), List.of(2)),
            List.of(List.of(1, 0)),
            List.of(List.of(0), List.<Integer>of()))) {
      assertThatThrownBy(() -> new Dealing(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Cannot deal replicas as " + wrong);
    }
  }

  @Test
  void stripsOfChunksCoverAllVectorsOnce() {
    Chunks chunks = new Chunks(List.of(5, 0, 4), 2, 3);

    assertThat(chunks.strips()).isEqualTo(2);
    assertThat(chunks.pieces(0, 0)).containsExactly(new Chunks.Piece(0, 0, 3));
    assertThat(chunks.pieces(0, 1)).containsExactly(new Chunks.Piece(0, 3, 1));
    assertThat(chunks.pieces(1, 0))
        .containsExactly(new Chunks.Piece(0, 4, 1), new Chunks.Piece(2, 0, 2));
    assertThat(chunks.pieces(1, 1)).containsExactly(new Chunks.Piece(2, 2, 2));
    assertThat(chunks.length(0, 1)).isEqualTo(1);
    assertThat(chunks.length(1, 1)).isEqualTo(2);
    assertThat(new Chunks(List.of(1, 0, 0), 3, 3).pieces(0, 0)).isEmpty();
    assertThat(new Chunks(List.of(0, 0, 0), 2, 3).strips()).isZero();
  }

  @Test
  void factsTravelWhole() {
    SumFacts facts =
        new SumFacts(
            7,
            SumFacts.NONE,
            "",
            List.of(
                List.of(
                    new SumFacts.OfRun(1.5, 3, 8, List.of(12, 2, 4), 6, 0.1f),
                    new SumFacts.OfRun(0, 0, 0, List.of(0, 0, 0), 7, 0.1f)),
                List.of(
                    new SumFacts.OfRun(-2, 1, 8, List.of(12, 2, 4), 6, 0.1f),
                    new SumFacts.OfRun(3, 2, 5, List.of(12, 2, 4), 0, 0.1f))));
    SumFacts news = new SumFacts(8, 3, "loss is ∞", List.of());

    assertThat(SumFacts.of(facts.toBytes())).isEqualTo(facts);
    assertThat(SumFacts.of(news.toBytes())).isEqualTo(news);
  }
}
