package dev.fletch.architecture;

import java.util.Random;

/** Mixing weights for tests. */
final class Mixings {
  private Mixings() {}

  /** Positive, and coarse, so that there are ties: k / 16. */
  static float[][] random(Random random, int nodes, int operations) {
    float[][] mixing = new float[nodes * (nodes + 3) / 2][operations];
    for (float[] row : mixing) {
      for (int k = 0; k < row.length; k++) {
        row[k] = (1 + random.nextInt(16)) / 16f;
      }
    }
    return mixing;
  }
}
