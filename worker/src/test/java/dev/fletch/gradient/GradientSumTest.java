package dev.fletch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GradientSumTest {
  @Test
  void emptyIsNeutralOnBothSides() {
    GradientSum one = sum(3, 1.5f);

    for (GradientSum total :
        List.of(GradientSum.empty().plus(one), one.plus(GradientSum.empty()))) {
      assertThat(total.mean().weights().array()).containsExactly(1.5f, -1.5f);
      assertThat(total.mean().mixing()).containsExactly(15f);
      assertThat(total.mean().statistics().array()).containsExactly(0.5f, 2.5f);
      assertThat(total.examples()).isEqualTo(3);
    }
  }

  @Test
  void meanWeighsByExamples() {
    // (3 * 2 + 1 * 6) / 4 = 3; losses (3 * 2 + 1 * 6) / 4; hits (3 + 1) / 4
    Gradients mean = sum(3, 2).plus(sum(1, 6)).mean();

    assertThat(mean.weights().array()).containsExactly(3, -3);
    assertThat(mean.mixing()).containsExactly(30);
    assertThat(mean.statistics().array()).containsExactly(2, 4);
    assertThat(mean.score()).isEqualTo(new Score(3, 1, 4));
  }

  @Test
  void meanOfNothingIsRefused() {
    assertThatThrownBy(() -> GradientSum.empty().mean())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot average gradients: no replica contributed any example");
  }

  @Test
  void differentSizesAreRefused() {
    GradientSum other =
        GradientSum.of(
            new BatchGradients(new float[3], new float[1], new float[2], new BatchScore(1, 0, 1)));

    assertThatThrownBy(() -> sum(1, 1).plus(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot add gradients of 2 and 3 values: replicas differ");
  }

  @Test
  void sumsOfGroupsTakenElsewhereReduceToTheSameBits() {
    List<GradientSum> replicas = new ArrayList<>();
    for (int r = 0; r < 7; r++) {
      // spread over many magnitudes, so that another order would round differently
      replicas.add(sum(1, (float) Math.pow(10, r) / 3));
    }
    int group = GradientSum.groupSize(7);
    GradientSum elsewhere =
        GradientSum.reduceGroup(replicas.subList(0, group))
            .plus(GradientSum.reduceGroup(replicas.subList(group, 2 * group)))
            .plus(GradientSum.reduceGroup(replicas.subList(2 * group, 7)));

    GradientSum total = GradientSum.reduce(replicas);

    assertThat(group).isEqualTo(3);
    assertThat(total.mean().weights().array()).containsExactly(elsewhere.mean().weights().array());
    assertThat(total.mean().weights().array()[0])
        .isCloseTo((float) (1111111 / 3.0 / 7), Offset.offset(0.01f));
  }

  /**
   * Of seven replicas, added in groups of three, of which the third and the last saw no example.
   */
  @Test
  void whatReplicasRememberStandsInTheirOrder() throws IOException, ClassNotFoundException {
    List<GradientSum> replicas = new ArrayList<>();
    for (int r = 0; r < 7; r++) {
      replicas.add(
          r == 2 || r == 6
              ? GradientSum.empty(new float[] {r, -r})
              : GradientSum.of(
                  new BatchGradients(
                      new float[] {r},
                      new float[0],
                      new float[0],
                      new BatchScore(1, 1, 2),
                      new float[] {r, -r})));
    }

    GradientSum total = GradientSum.reduce(replicas);

    assertThat(total.mean().carried())
        .containsExactly(0, 0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6);
    assertThat(total.mean().weights().array()).containsExactly((0 + 1 + 3 + 4 + 5) / 5f);
    assertThat(travelled(total).carried()).containsExactly(total.carried());
    assertThat(travelled(total).examples()).isEqualTo(10);
  }

  private static GradientSum travelled(GradientSum sum) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sum);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (GradientSum) in.readObject();
    }
  }

  @Test
  void reducingNothingGivesTheEmptySum() {
    assertThat(GradientSum.reduce(List.of()).examples()).isZero();
  }

  private static GradientSum sum(int examples, float value) {
    return GradientSum.of(
        new BatchGradients(
            new float[] {value, -value},
            new float[] {10 * value},
            new float[] {value - 1, value + 1},
            new BatchScore(examples * (double) value, examples, examples)));
  }
}
