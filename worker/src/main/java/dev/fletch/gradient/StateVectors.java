package dev.fletch.gradient;

import dev.fletch.settings.Sha256;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of a training as vectors and counters by name: what a checkpoint keeps of it, and what
 * travels to executors and back. Holds its vectors without copying.
 */
public final class StateVectors implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FLOATS_AT_A_TIME = 1 << 14;

  // not final only because they are read back from the wire
  private transient SortedMap<String, float[]> vectors;
  private final TreeMap<String, Long> counters;

  public StateVectors(Map<String, float[]> vectors, Map<String, Long> counters) {
    this.vectors = Collections.unmodifiableSortedMap(new TreeMap<>(vectors));
    this.counters = new TreeMap<>(counters);
  }

  public SortedMap<String, float[]> vectors() {
    return vectors;
  }

  public SortedMap<String, Long> counters() {
    return Collections.unmodifiableSortedMap(counters);
  }

  /** The same values in arrays of their own. */
  public StateVectors copy() {
    Map<String, float[]> copies = new TreeMap<>();
    vectors.forEach((name, values) -> copies.put(name, values.clone()));
    return new StateVectors(copies, counters);
  }

  /** Of all names, bits and counters: equal states, and only they, have the same. */
  public String checksum() {
    MessageDigest digest = Sha256.begin();
    ByteBuffer bytes = ByteBuffer.allocate(FLOATS_AT_A_TIME * Float.BYTES);
    vectors.forEach(
        (name, values) -> {
          digest.update((name + '=' + values.length + '\n').getBytes(StandardCharsets.UTF_8));
          for (int from = 0; from < values.length; from += FLOATS_AT_A_TIME) {
            int count = Math.min(FLOATS_AT_A_TIME, values.length - from);
            bytes.clear().asFloatBuffer().put(values, from, count);
            digest.update(bytes.limit(count * Float.BYTES));
          }
        });
    digest.update(counters.toString().getBytes(StandardCharsets.UTF_8));
    return Sha256.end(digest);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeInt(vectors.size());
    for (Map.Entry<String, float[]> vector : vectors.entrySet()) {
      out.writeUTF(vector.getKey());
      FloatWire.write(out, vector.getValue());
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    int size = in.readInt();
    Map<String, float[]> read = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      String name = in.readUTF();
      read.put(name, FloatWire.read(in));
    }
    vectors = Collections.unmodifiableSortedMap(new TreeMap<>(read));
  }
}
