package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.engine.Arena.Life;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.buffer.DataType;

class ArenaTest {
  private record Tenant(Matrix matrix, List<Life> lives) {
    boolean livesAt(int time) {
      return lives.stream().anyMatch(life -> life.meets(new Life(time, time)));
    }
  }

  @RepeatedTest(20)
  void whatLivesTogetherSharesNoMemory(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Arena arena = new Arena(DataType.FLOAT);
    int times = 1 + random.nextInt(24);
    List<Tenant> tenants = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<Life> lives = new ArrayList<>(List.of(life(random, times)));
      if (random.nextBoolean()) {
        lives.add(life(random, times));
      }
      int rows = 1 + random.nextInt(5);
      Storage storage = new Storage(rows * 6L, "not placed");
      tenants.add(new Tenant(Matrix.over(storage, rows, 6), lives));
      arena.reserve(storage, lives);
    }
    arena.allocate(new NaiveKernels());
    for (int time = 0; time < times; time++) {
      int now = time;
      List<Tenant> alive = tenants.stream().filter(t -> t.livesAt(now)).toList();
      for (int i = 0; i < alive.size(); i++) {
        alive.get(i).matrix().write(filled(alive.get(i), i + 1));
      }
      for (int i = 0; i < alive.size(); i++) {
        double[] values = filled(alive.get(i), 0);
        alive.get(i).matrix().read(values);
        assertThat(values).as("storage %d at %d", i, time).containsOnly(i + 1);
      }
    }
  }

  private static Life life(Random random, int times) {
    int first = random.nextInt(times);
    return new Life(first, first + random.nextInt(times - first));
  }

  private static double[] filled(Tenant tenant, double value) {
    double[] values = new double[tenant.matrix().rowCount() * tenant.matrix().columnCount()];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void whatNeverMeetsSharesMemory() {
    Arena arena = new Arena(DataType.FLOAT);
    for (int i = 0; i < 5; i++) {
      arena.reserve(
          new Storage(32, ""),
          List.of(new Life(2 * i, 2 * i + 1), new Life(20 + 2 * i, 21 + 2 * i)));
    }
    assertThat(arena.bytes()).isEqualTo(32 * 4);
  }

  @Test
  void nothingLiesAcrossTwoBlocksAndNothingIsLargerThanOne() {
    Arena arena = new Arena(DataType.FLOAT);
    List<Life> always = List.of(new Life(0, 0));
    arena.reserve(new Storage(3L << 28, ""), always);
    arena.reserve(new Storage(2L << 28, ""), always);
    arena.reserve(new Storage(1L << 28, ""), always);
    // 3/4 and 1/4 of a block in the first, 1/2 in the second
    assertThat(arena.bytes()).isEqualTo(6L * (1 << 28) * Float.BYTES);
    assertThatThrownBy(() -> arena.reserve(new Storage((1L << 30) + 1, ""), always))
        .hasMessage(
            "A tensor of 1073741825 values is too large: the limit is 1073741824; take a smaller"
                + " batch");
  }

  /** As many constants and values as a supernet with hundreds of edges has. */
  @Test
  @Timeout(20)
  void manyStoragesAreLaidOutInSeconds() {
    Arena arena = new Arena(DataType.FLOAT);
    int steps = 20_000;
    for (int i = 0; i < steps; i++) {
      arena.reserve(new Storage(32, "not placed"), List.of(new Life(0, 2 * steps)));
      arena.reserve(new Storage(1 + i % 7, "not placed"), List.of(new Life(0, 2 * steps)));
      arena.reserve(new Storage(1_000, "not placed"), List.of(new Life(i, i + 1)));
    }

    // Of those that live for two steps, two are alive at a time: 1,008 values each with padding.
    assertThat(arena.bytes()).isEqualTo(4L * (steps * (32 + 16) + 2 * 1_008));
  }

  @Test
  void aTensorWhoseSizeOverflowsIsRefusedByItsSize() {
    assertThatThrownBy(() -> PlanBuilder.unbuilt(0).slot(16, 2_000_000_000, 1_000, 1_000))
        .isInstanceOf(PlanTooLargeException.class)
        .hasMessageStartingWith("A tensor of 32000000000000000 values is too large: the limit is ");
  }
}
