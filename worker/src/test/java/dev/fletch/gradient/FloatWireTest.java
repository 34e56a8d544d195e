package dev.fletch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class FloatWireTest {
  @Test
  void everyBitArrives() throws IOException {
    float[] values = new float[3000];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(i * 1_431_655);
    }
    values[7] = -0f;
    values[8] = Float.NEGATIVE_INFINITY;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      FloatWire.write(out, values);
      FloatWire.write(out, new float[0]);
      out.writeInt(42);
    }
    assertThat(bytes.size()).isBetween(12_000, 12_200);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      float[] read = FloatWire.read(in);
      for (int i = 0; i < values.length; i++) {
        assertThat(Float.floatToRawIntBits(read[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
      }
      assertThat(FloatWire.read(in)).isEmpty();
      assertThat(in.readInt()).isEqualTo(42);
    }
  }
}
