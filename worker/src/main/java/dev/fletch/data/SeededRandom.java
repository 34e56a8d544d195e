package dev.fletch.data;

/**
 * Random numbers as a function of what they are for: SplitMix64 (Steele, Lea and Flood, 2014),
 * started from a hash of the keys. Written out because the JDK does not promise the same numbers in
 * every release.
 */
public final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  private SeededRandom(long state) {
    this.state = state;
  }

  /** Numbers that depend on purpose, seed and keys alone; any other keys give unrelated ones. */
  public static SeededRandom of(Purpose purpose, long seed, long... keys) {
    long state = mix(seed + GOLDEN_GAMMA * purpose.number);
    for (long key : keys) {
      state = mix(state + GOLDEN_GAMMA * (key + 1));
    }
    return new SeededRandom(state);
  }

  /** Uniform in {@code [0, bound)}; off by less than bound / 2^32, which no data set can notice. */
  public int below(int bound) {
    state += GOLDEN_GAMMA;
    return (int) (((mix(state) >>> 32) * bound) >>> 32);
  }

  /** Uniform in {@code [0, 1)}. */
  public double unit() {
    state += GOLDEN_GAMMA;
    return (mix(state) >>> 11) * 0x1p-53;
  }

  /** Of the standard normal distribution, from two uniform numbers (Box and Muller, 1958). */
  double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit())); // the same on every machine
    return radius * StrictMath.cos(2 * Math.PI * unit());
  }

  /** The numbers 0 to {@code size - 1} in random order. */
  int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 1; i < size; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /** What the numbers are for; the numbers are fixed, since results depend on them. */
  public enum Purpose {
    SPLIT(1),
    ORDER(2),
    CROP(3),
    FLIP(4),
    CUTOUT(5),
    COLOURS(6),
    GUMBEL(7),
    PERTURBATION(8),
    LAMBDA(9),
    RECURRENT_DROPOUT(10),
    WINDOWS(12),
    EVOLUTION(20);

    private final int number;

    Purpose(int number) {
      this.number = number;
    }
  }
}
