package dev.fletch.supernet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads NumPy's npz: a zip of npy arrays, little endian, C order, of float32, float64 or int64. */
public final class Npz {
  private static final Pattern HEADER =
      Pattern.compile(
          "'descr': '(<f4|<f8|<i8)', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\)");

  private final Path file;
  private final Map<String, Values> arrays = new TreeMap<>();

  /** One array; every element type fits a double as far as it is used here. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Values(int[] shape, double[] values) {
    public float[] floats() {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      return floats;
    }

    public int[] ints() {
      return Arrays.stream(values).mapToInt(v -> (int) v).toArray();
    }
  }

  public Npz(Path file) {
    this.file = file;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          String name = entry.getName().replaceFirst("\\.npy$", "");
          arrays.put(name, parse(name, ByteBuffer.wrap(in.readAllBytes())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  public Values get(String name) {
    Values values = arrays.get(name);
    if (values == null) {
      throw new IllegalArgumentException(file + " has no array " + name);
    }
    return values;
  }

  float[] floats(String name) {
    return get(name).floats();
  }

  /** Names that begin with {@code prefix}, without it. */
  Stream<String> under(String prefix) {
    return arrays.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()));
  }

  private Values parse(String name, ByteBuffer npy) {
    npy.order(ByteOrder.LITTLE_ENDIAN);
    // magic string of 6 bytes, major version, minor version, length of the header
    int major = npy.get(6);
    npy.position(8);
    byte[] header = new byte[major == 1 ? npy.getShort() : npy.getInt()];
    npy.get(header);
    String text = new String(header, StandardCharsets.US_ASCII);
    Matcher matcher = HEADER.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException(
          file + ": array " + name + " has an unknown header " + text);
    }
    int[] shape =
        Pattern.compile(",")
            .splitAsStream(matcher.group(2))
            .map(String::strip)
            .filter(side -> !side.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (matcher.group(1)) {
            case "<f4" -> npy.getFloat();
            case "<f8" -> npy.getDouble();
            default -> npy.getLong();
          };
    }
    return new Values(shape, values);
  }
}
