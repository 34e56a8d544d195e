package dev.fletch.bilevel;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import dev.fletch.nn.WeightRange;
import dev.fletch.optimizer.SgdSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * A problem whose unrolled gradient is known in closed form, with two weights and three mixing
 * weights:
 *
 * <pre>{@code
 * L_train(w, p) = h/2 |w|^2 + w' B p        L_val(w, p) = 1/2 |w - c|^2 + d' p
 * }</pre>
 *
 * <p>Notes every request. The batch statistics of the n-th point asked for are n. Where it {@link
 * #remembers} a value h, that is added to the first element of dL_train/dw and to the second of
 * dL_val/dw, and is h + 1 behind a minibatch of w and h + 10 behind one of alpha.
 */
final class QuadraticSource implements GradientSource {
  static final double H = 0.8;
  static final double[][] B = {{1, -2, 0.5}, {0.3, 0.7, -1.1}};
  static final double[] C = {0.4, -0.9};
  static final double[] D = {0.2, 0.05, -0.3};

  final List<GradientRequest> requests = new ArrayList<>();
  final List<float[]> points = new ArrayList<>();
  boolean remembers;
  double rateFactor = 1;
  WeightRange tied = WeightRange.NONE;

  @Override
  public NetworkSize size() {
    return new NetworkSize(2, 3, 1, remembers ? 1 : 0, tied);
  }

  @Override
  public int examples(Portion portion) {
    return 1;
  }

  @Override
  public int steps(Portion portion, int epoch) {
    return 1;
  }

  @Override
  public double rateFactor(Portion portion, StepId at) {
    return rateFactor;
  }

  @Override
  public float[] initialWeights(long seed) {
    return new float[2];
  }

  @Override
  public float[] initialStatistics() {
    return new float[1];
  }

  @Override
  public List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] mixing) {
    requests.add(request);
    List<Gradients> gradients = new ArrayList<>();
    for (Floats w : weights) {
      gradients.add(at(request, w.array(), mixing));
    }
    return gradients;
  }

  private Gradients at(GradientRequest request, float[] w, float[] p) {
    boolean train = request.portion() == Portion.WEIGHTS;
    float[] dw = new float[request.wanted().weights() ? 2 : 0];
    for (int i = 0; i < dw.length; i++) {
      dw[i] = (float) (train ? H * w[i] + dot(B[i], p) : w[i] - C[i]);
    }
    float[] dp = new float[request.wanted().mixing() ? 3 : 0];
    for (int k = 0; k < dp.length; k++) {
      dp[k] = (float) (train ? B[0][k] * w[0] + B[1][k] * w[1] : D[k]);
    }
    points.add(w.clone());
    Score score = new Score(train ? 1 : 2, 0.5, 1);
    float[] carried = new float[remembers ? 1 : 0];
    if (remembers) {
      if (dw.length > 0) {
        dw[train ? 0 : 1] += request.carried()[0];
      }
      carried[0] = request.carried()[0] + (train ? 1 : 10);
    }
    return new Gradients(
        Floats.of(dw), dp, Floats.of(new float[] {points.size()}), score, carried, 0.1f);
  }

  /** The unrolled dL_val/dp: d - eta * B' (w' - c), with w' one SGD step from w. */
  static double[] unrolled(float[] w, float[] velocity, float[] p, SgdSettings sgd, double eta) {
    double[] result = D.clone();
    for (int i = 0; i < 2; i++) {
      double gradient = H * w[i] + dot(B[i], p) + sgd.weightDecay() * w[i];
      double ahead = w[i] - eta * (sgd.momentum() * velocity[i] + gradient);
      for (int k = 0; k < 3; k++) {
        result[k] -= eta * B[i][k] * (ahead - C[i]);
      }
    }
    return result;
  }

  private static double dot(double[] row, float[] p) {
    return row[0] * p[0] + row[1] * p[1] + row[2] * p[2];
  }

  /** As in training: a quadratic has no modes. The loss is that of the portion. */
  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics) {
    requests.add(request);
    return mixings.stream().map(p -> at(request, weights.array(), p)).toList();
  }

  @Override
  public List<Score> evaluate(
      Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics) {
    return mixings.stream().map(p -> new Score(0, 0, 1)).toList();
  }

  @Override
  public void close() {}
}
