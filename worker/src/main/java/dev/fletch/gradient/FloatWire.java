package dev.fletch.gradient;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a {@code float[]} to an object stream as one block of bytes. Java's own serialization of
 * such an array goes through a buffer of a kilobyte, value by value, which takes longer than
 * sending it.
 */
public final class FloatWire {
  private FloatWire() {}

  public static void write(ObjectOutputStream out, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    out.writeInt(values.length);
    out.write(bytes.array());
  }

  public static float[] read(ObjectInputStream in) throws IOException {
    float[] values = new float[in.readInt()];
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
