package dev.fletch.supernet;

import dev.fletch.engine.WeightSlot;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/**
 * Holds arrays against recorded ones and reports all that deviate together. Float sums differ by
 * their order, so deviations count relative to the largest magnitude of each recorded array.
 */
final class Deviations {
  private final Npz arrays;
  private final SoftAssertions softly = new SoftAssertions();

  Deviations(GoldenCase golden) {
    this(golden.arrays());
  }

  Deviations(Npz arrays) {
    this.arrays = arrays;
  }

  SoftAssertions softly() {
    return softly;
  }

  /** Holds {@code ours} against the recorded array {@code name}. */
  void check(String name, float[] ours, double tolerance) {
    float[] recorded = arrays.floats(name);
    softly.assertThat(ours).as(name).hasSameSizeAs(recorded);
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < Math.min(ours.length, recorded.length); i++) {
      largest = Math.max(largest, Math.abs(recorded[i]));
      double deviation = Math.abs((double) ours[i] - recorded[i]);
      // NaN must not pass as "not larger"
      worst = deviation >= 0 ? Math.max(worst, deviation) : Double.POSITIVE_INFINITY;
    }
    softly
        .assertThat(worst)
        .as("%s: deviation beside the largest value %s", name, largest)
        .isLessThanOrEqualTo(tolerance * largest);
  }

  void check(String name, double ours, double tolerance) {
    check(name, new float[] {(float) ours}, tolerance);
  }

  /** Holds a flat vector of the network's weights against {@code PREFIX + name} of every slot. */
  void checkSlots(String prefix, Supernet network, float[] ours, double tolerance) {
    checkSlots(prefix, network.weightSlots(), ours, tolerance);
  }

  void checkSlots(String prefix, List<WeightSlot> slots, float[] ours, double tolerance) {
    for (var slot : slots) {
      int length = arrays.get(prefix + slot.name()).values().length;
      float[] part = Arrays.copyOfRange(ours, slot.offset(), slot.offset() + length);
      check(prefix + slot.name(), part, tolerance);
    }
  }

  /** Holds a vector in alpha's layout against {@code PREFIXnormal} and {@code PREFIXreduce}. */
  void checkCells(String prefix, float[] ours, double tolerance) {
    int half = ours.length / 2;
    check(prefix + "normal", Arrays.copyOf(ours, half), tolerance);
    check(prefix + "reduce", Arrays.copyOfRange(ours, half, ours.length), tolerance);
  }

  /** Holds how alpha moved since the start against the recorded movement, in L2 norm. */
  void checkMovement(String prefix, float[] ours, double tolerance) {
    float[] initial = GoldenCase.bothCells(arrays, "alpha/");
    checkMovement(prefix, initial, GoldenCase.bothCells(arrays, prefix), ours, tolerance);
  }

  /** Holds how {@code ours} moved since {@code initial} against the recorded movement. */
  void checkMovement(
      String name, float[] initial, float[] recorded, float[] ours, double tolerance) {
    double moved = 0;
    double deviation = 0;
    for (int i = 0; i < ours.length; i++) {
      moved += Math.pow((double) recorded[i] - initial[i], 2);
      deviation += Math.pow((double) recorded[i] - ours[i], 2);
    }
    softly
        .assertThat(Math.sqrt(deviation / moved))
        .as("%s: deviation beside the movement", name)
        .isLessThanOrEqualTo(tolerance);
  }

  void assertNone() {
    softly.assertAll();
  }
}
