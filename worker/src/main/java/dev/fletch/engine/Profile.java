package dev.fletch.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** The time that a machine of these rates needs at least. */
    public double leastSeconds(MachineRates rates) {
      return rates.leastSeconds(operations, bytes, calls);
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
}
