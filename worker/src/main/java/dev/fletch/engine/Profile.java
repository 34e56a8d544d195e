package dev.fletch.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** Where the time of a plan's steps went, per kind of step. Not thread-safe. */
public final class Profile {
  /**
   * All steps of one kind in one direction.
   *
   * @param calls number of steps run
   * @param bytes of the slots those steps read and wrote, gradients included: the least they move
   * @param operations floating-point operations; a multiplication and an addition are two
   */
  public record Line(
      String kind, boolean backward, double seconds, long calls, long bytes, long operations) {
    /** 1e9 floating-point operations per second. */
    public double gigaflops() {
      return seconds > 0 ? operations / seconds / 1e9 : 0;
    }
  }

  private record Key(String kind, boolean backward) {}

  private final Map<Key, Line> lines = new LinkedHashMap<>();

  /** Adds one step that was run. */
  public void add(String kind, boolean backward, double seconds, long bytes, long operations) {
    lines.merge(
        new Key(kind, backward),
        new Line(kind, backward, seconds, 1, bytes, operations),
        (a, b) ->
            new Line(
                kind,
                backward,
                a.seconds() + b.seconds(),
                a.calls() + b.calls(),
                a.bytes() + b.bytes(),
                a.operations() + b.operations()));
  }

  /** The slowest first. */
  public List<Line> lines() {
    List<Line> sorted = new ArrayList<>(lines.values());
    sorted.sort(Comparator.comparingDouble(Line::seconds).reversed());
    return sorted;
  }

  /** What a product of two square matrices of 1024 reaches here: the most to hope for. */
  public static double productGigaflops(int threads) {
    int side = 1024;
    int repetitions = 10;
    try (Kernels kernels = Kernels.choose(DataType.FLOAT, threads)) {
      Matrix a = Matrix.allocate(DataType.FLOAT, side, side);
      Matrix out = Matrix.allocate(DataType.FLOAT, side, side);
      double best = Double.POSITIVE_INFINITY;
      for (int i = 0; i < repetitions; i++) {
        long start = System.nanoTime();
        kernels.multiply(a, a, out, 0);
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
      return 2.0 * side * side * side / best / 1e9;
    }
  }
}
