package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class SequencesTest {
  @Test
  void allSlotsOfTheSamePositionsTakeTheColumnsOfTheMinibatch() {
    PlanBuilder builder = new PlanBuilder(DataType.FLOAT, 1, 0);
    Sequences texts = builder.sequences(3, 7);
    Slot whole = builder.slot(2, texts);
    Slot half = builder.slot(4, texts.strided(2));
    assertThat(whole.columns()).isEqualTo(21);
    assertThat(half.columns()).isEqualTo(12);
    assertThat(texts.strided(2)).isSameAs(half.extent());

    texts.take(new int[] {5, 2});

    assertThat(whole.batch()).isEqualTo(2);
    assertThat(whole.columns()).isEqualTo(7);
    assertThat(half.extent().places()).isEqualTo(Examples.packed(new int[] {0, 3, 4}));
    try (Plan plan = builder.build()) {
      assertThat(plan.bytes()).isEqualTo(Float.BYTES * (48L + 48L));
      whole.value().write(new float[] {1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17});
      float[] second = new float[7];
      whole.channels(1, 1).value().read(second);
      assertThat(second).containsExactly(11, 12, 13, 14, 15, 16, 17);
      texts.take(new int[] {2});
      float[] narrow = new float[2];
      whole.channels(1, 1).value().read(narrow);
      assertThat(narrow).as("rows follow each other without a gap").containsExactly(3, 4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "0,3", "1,1,1,1"})
  void whatThereIsNoRoomForIsRefused(String lengths) {
    Sequences texts = new Sequences(3, 7);
    int[] given =
        lengths.isEmpty()
            ? new int[0]
            : Arrays.stream(lengths.split(",")).mapToInt(Integer::parseInt).toArray();
    assertThatThrownBy(() -> texts.take(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot hold texts of [")
        .hasMessageEndingWith("there is room for 1 to 3 texts of 1 to 7 positions");
  }

  @Test
  void textsHaveNoHeight() {
    Slot slot = PlanBuilder.unbuilt(0).slot(2, new Sequences(3, 7));
    assertThatThrownBy(slot::height)
        .hasMessage("Texts have no height and width: this block is for images");
    assertThatThrownBy(slot::split)
        .hasMessage("Texts have no height and width: this block is for images");
  }
}
