package dev.fletch.data;

import dev.fletch.data.SeededRandom.Purpose;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Divides a training set so that every class is divided alike. Which examples of a class go where
 * is a function of the seed.
 */
final class ClassSplit {
  /** {@code [class][n]}: its examples in the order of the seed. */
  private final int[][] examples;

  ClassSplit(long seed, LabelledSet train) {
    int[] sizes = train.classSizes();
    examples = new int[sizes.length][];
    for (int c = 0; c < sizes.length; c++) {
      examples[c] = new int[sizes[c]];
    }
    int[] filled = new int[sizes.length];
    for (int example : SeededRandom.of(Purpose.SPLIT, seed).permutation(train.size())) {
      int label = train.label(example);
      examples[label][filled[label]++] = example;
    }
  }

  /**
   * How many examples of every class are among {@code count} of all: in proportion, and at least
   * one on either side of a class that has two. What rounding leaves goes to the classes that lack
   * most, lower labels first, so that the sum is {@code count}; where it cannot be otherwise, a
   * class is on one side only.
   *
   * @param sizes examples of every class, in order of the labels
   * @param count 0 to the sum of the sizes
   */
  static int[] shares(int[] sizes, int count) {
    long all = Arrays.stream(sizes).asLongStream().sum();
    int[] shares = new int[sizes.length];
    for (int c = 0; c < sizes.length; c++) {
      int share = (int) ((long) count * sizes[c] / Math.max(1, all));
      shares[c] = sizes[c] < 2 ? share : Math.min(Math.max(share, 1), sizes[c] - 1);
    }
    for (int left = count - Arrays.stream(shares).sum(); left != 0; left -= Integer.signum(left)) {
      int step = Integer.signum(left);
      shares[neediest(sizes, shares, count, all, step)] += step;
    }
    return shares;
  }

  /**
   * The class whose share deviates most from its proportion, against {@code step}; one that would
   * then be on one side only where there is no other.
   */
  private static int neediest(int[] sizes, int[] shares, int count, long all, int step) {
    int best = -1;
    boolean bestStays = false;
    long most = 0;
    for (int c = 0; c < sizes.length; c++) {
      int next = shares[c] + step;
      if (next < 0 || next > sizes[c]) {
        continue;
      }
      boolean stays = sizes[c] < 2 || (next > 0 && next < sizes[c]);
      long lacks = step * ((long) count * sizes[c] - shares[c] * all);
      if (best < 0 || (stays && !bestStays) || (stays == bestStays && lacks > most)) {
        best = c;
        bestStays = stays;
        most = lacks;
      }
    }
    return best;
  }

  /** The first {@code counts[c]} examples of every class c, ascending. */
  int[] first(int[] counts) {
    return IntStream.range(0, examples.length)
        .flatMap(c -> Arrays.stream(examples[c], 0, counts[c]))
        .sorted()
        .toArray();
  }

  /** What {@link #first} leaves, ascending. */
  int[] rest(int[] counts) {
    return between(counts, Arrays.stream(examples).mapToInt(of -> of.length).toArray());
  }

  /** What {@code first(to)} has and {@code first(from)} leaves, ascending. */
  int[] between(int[] from, int[] to) {
    return IntStream.range(0, examples.length)
        .flatMap(c -> Arrays.stream(examples[c], from[c], to[c]))
        .sorted()
        .toArray();
  }
}
