package dev.fletch.runfolder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The bytes of a checkpoint, big-endian: magic (8 bytes), format version (int), length of the rest
 * (long), CRC32C of version, length and rest (int), then the rest: next epoch, seed, keys, vectors,
 * counters, history.
 */
final class CheckpointFormat {
  private static final byte[] MAGIC = "FLETCHCP".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEADER = MAGIC.length + Integer.BYTES + Long.BYTES + Integer.BYTES;

  private CheckpointFormat() {}

  /** The file is torn or was changed; the message says how. */
  static final class CorruptException extends Exception {
    private static final long serialVersionUID = 1L;

    CorruptException(String message) {
      super(message);
    }
  }

  static byte[] encode(Checkpoint checkpoint) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(checkpoint.nextEpoch());
    out.writeLong(checkpoint.seed());
    out.writeInt(checkpoint.keys().values().size());
    for (Map.Entry<String, String> key : checkpoint.keys().values().entrySet()) {
      writeText(out, key.getKey());
      writeText(out, key.getValue());
    }
    out.writeInt(checkpoint.vectors().size());
    for (Map.Entry<String, float[]> vector : checkpoint.vectors().entrySet()) {
      writeText(out, vector.getKey());
      out.writeInt(vector.getValue().length);
      ByteBuffer floats = ByteBuffer.allocate(vector.getValue().length * Float.BYTES);
      floats.asFloatBuffer().put(vector.getValue());
      out.write(floats.array());
    }
    out.writeInt(checkpoint.counters().size());
    for (Map.Entry<String, Long> counter : checkpoint.counters().entrySet()) {
      writeText(out, counter.getKey());
      out.writeLong(counter.getValue());
    }
    out.writeInt(checkpoint.history().size());
    for (String line : checkpoint.history()) {
      writeText(out, line);
    }
    return framed(bytes.toByteArray());
  }

  private static byte[] framed(byte[] rest) {
    ByteBuffer file = ByteBuffer.allocate(HEADER + rest.length);
    return file.put(MAGIC)
        .putInt(VERSION)
        .putLong(rest.length)
        .putInt(checksum(VERSION, rest))
        .put(rest)
        .array();
  }

  private static int checksum(int version, byte[] rest) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
            .putInt(version)
            .putLong(rest.length)
            .flip());
    crc.update(rest);
    return (int) crc.getValue();
  }

  /**
   * @throws CorruptException if this is no whole checkpoint
   * @throws RunFolderRefusedException if a newer Fletch wrote it
   */
  static Checkpoint decode(byte[] file) throws CorruptException {
    byte[] rest = unframed(ByteBuffer.wrap(file));
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(rest))) {
      int nextEpoch = in.readInt();
      long seed = in.readLong();
      SortedMap<String, String> keys = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        keys.put(readText(in), readText(in));
      }
      SortedMap<String, float[]> vectors = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        vectors.put(readText(in), readFloats(in));
      }
      SortedMap<String, Long> counters = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        counters.put(readText(in), in.readLong());
      }
      List<String> history = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        history.add(readText(in));
      }
      return new Checkpoint(nextEpoch, seed, new ResultKeys(keys), vectors, counters, history);
    } catch (IOException e) {
      throw new CorruptException("its content ends early");
    }
  }

  private static byte[] unframed(ByteBuffer file) throws CorruptException {
    int size = file.remaining();
    if (size < HEADER) {
      throw new CorruptException("it has " + size + " bytes, fewer than its header needs");
    }
    byte[] magic = new byte[MAGIC.length];
    file.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new CorruptException("it does not begin as a checkpoint does");
    }
    int version = file.getInt();
    long length = file.getLong();
    int checksum = file.getInt();
    if (length != file.remaining()) {
      throw new CorruptException(
          "it holds " + file.remaining() + " bytes of content instead of " + length);
    }
    byte[] rest = new byte[file.remaining()];
    file.get(rest);
    if (checksum != checksum(version, rest)) {
      throw new CorruptException("its checksum does not match its content");
    }
    if (version != VERSION) {
      throw new RunFolderRefusedException(
          "checkpoint has format version "
              + version
              + ", this Fletch reads "
              + VERSION
              + ": use the Fletch that wrote it");
    }
    return rest;
  }

  private static float[] readFloats(DataInputStream in) throws IOException {
    float[] vector = new float[in.readInt()];
    ByteBuffer floats = ByteBuffer.allocate(vector.length * Float.BYTES);
    in.readFully(floats.array());
    floats.asFloatBuffer().get(vector);
    return vector;
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
