package dev.fletch.report.model;

import dev.fletch.architecture.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up alphas of the DARTS space, and what becomes of them. */
final class AlphaSamples {
  static final int NODES = 4;
  static final int EDGES = NODES * (NODES + 3) / 2;
  private static final int OPERATIONS = Operation.DARTS.size();

  private AlphaSamples() {}

  static double[][] drift(Random random, double skipDrive) {
    double[][] drift = new double[2 * EDGES][OPERATIONS];
    for (int row = 0; row < drift.length; row++) {
      for (int o = 0; o < OPERATIONS; o++) {
        drift[row][o] = random.nextGaussian() * 0.8;
      }
      drift[row][Operation.DARTS.indexOf(Operation.SKIP_CONNECT)] += row < EDGES ? skipDrive : 0;
    }
    return drift;
  }

  static float[][] softmax(double[][] alpha, int from, double temperature) {
    float[][] mixing = new float[EDGES][OPERATIONS];
    for (int e = 0; e < EDGES; e++) {
      double sum = 0;
      for (double a : alpha[from + e]) {
        sum += Math.exp(a / temperature);
      }
      for (int o = 0; o < mixing[e].length; o++) {
        mixing[e][o] = (float) (Math.exp(alpha[from + e][o] / temperature) / sum);
      }
    }
    return mixing;
  }

  static double entropy(float[][] mixing) {
    double sum = 0;
    for (float[] row : mixing) {
      for (float p : row) {
        sum -= p > 0 ? p * Math.log(p) : 0;
      }
    }
    return sum / mixing.length;
  }

  static List<List<Double>> rows(float[][] values) {
    List<List<Double>> rows = new ArrayList<>();
    for (float[] row : values) {
      List<Double> numbers = new ArrayList<>();
      for (float value : row) {
        numbers.add((double) value);
      }
      rows.add(numbers);
    }
    return rows;
  }
}
