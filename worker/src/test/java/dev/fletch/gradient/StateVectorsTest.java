package dev.fletch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateVectorsTest {
  private static StateVectors state(float last, long steps) {
    float[] large = new float[40_000];
    large[39_999] = last;
    return new StateVectors(Map.of("w", large, "alpha", new float[] {1, 2}), Map.of("adam", steps));
  }

  @Test
  void theChecksumTellsEveryBitAndCounterApart() {
    String checksum = state(1, 5).checksum();

    assertThat(checksum).hasSize(64).isEqualTo(state(1, 5).checksum());
    assertThat(checksum)
        .isNotEqualTo(state(Math.nextUp(1f), 5).checksum())
        .isNotEqualTo(state(1, 6).checksum());
    assertThat(state(0f, 5).checksum()).isNotEqualTo(state(-0f, 5).checksum());
  }

  @Test
  void travelsWhole() throws IOException, ClassNotFoundException {
    StateVectors state = state(3, 9);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(state);
    }
    StateVectors read;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      read = (StateVectors) in.readObject();
    }

    assertThat(read.vectors().get("w")).isEqualTo(state.vectors().get("w"));
    assertThat(read.counters()).containsExactly(Map.entry("adam", 9L));
    assertThat(read.checksum()).isEqualTo(state.checksum());
  }

  @Test
  void aCopyHasArraysOfItsOwn() {
    StateVectors state = state(3, 9);
    state.copy().vectors().get("w")[0] = 7;

    assertThat(state.vectors().get("w")[0]).isZero();
  }
}
