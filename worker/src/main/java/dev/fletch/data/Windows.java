package dev.fletch.data;

import dev.fletch.data.SeededRandom.Purpose;

/**
 * How many words of its rows a training step on a stream reads, given {@code bptt}, the words that
 * are read as a rule.
 */
public enum Windows {
  /** Always as many. */
  FIXED {
    @Override
    int longest(int bptt) {
      return bptt;
    }

    @Override
    int length(int bptt, SeededRandom random) {
      return bptt;
    }
  },
  /** Half as many in a step of twenty: as quark0/darts searches, {@code rnn/train_search.py}. */
  HALVED {
    @Override
    int longest(int bptt) {
      return bptt;
    }

    @Override
    int length(int bptt, SeededRandom random) {
      return Math.max(1, (int) mean(bptt, random));
    }
  },
  /**
   * Drawn from a normal distribution with a standard deviation of 5, whose mean is halved in a step
   * of twenty; at least 5 and at most 20 more than as a rule. As quark0/darts trains, {@code
   * rnn/train.py}, after Merity et al., 2018, arXiv:1708.02182.
   */
  VARIED {
    @Override
    int longest(int bptt) {
      return bptt + MOST_MORE;
    }

    @Override
    int length(int bptt, SeededRandom random) {
      double length = mean(bptt, random) + DEVIATION * random.gaussian();
      return Math.min(longest(bptt), Math.max(LEAST, (int) length));
    }
  };

  private static final double WHOLE = 0.95;
  private static final int LEAST = 5;
  private static final int MOST_MORE = 20;
  private static final double DEVIATION = 5;

  /** Words of the longest window there can be. */
  abstract int longest(int bptt);

  /** Words of a window, drawn from {@code random}. */
  abstract int length(int bptt, SeededRandom random);

  private static double mean(int bptt, SeededRandom random) {
    return random.unit() < WHOLE ? bptt : bptt / 2.0;
  }

  /**
   * Words of the window of a step, a function of seed, epoch and step, before it is cut at the end
   * of the rows.
   */
  int length(int bptt, long seed, StepId at) {
    return length(bptt, SeededRandom.of(Purpose.WINDOWS, seed, at.draw(), at.step()));
  }
}
