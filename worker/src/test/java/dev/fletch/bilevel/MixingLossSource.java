package dev.fletch.bilevel;

import dev.fletch.data.Portion;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A loss that is a function of the mixing weights alone, with gradients by central differences in
 * double precision. Notes every request.
 */
final class MixingLossSource implements GradientSource {
  private static final double STEP = 1e-5;

  final List<GradientRequest> requests = new ArrayList<>();
  int inEvaluation;
  int points;
  private final ToDoubleFunction<double[]> loss;
  private final int mixing;

  MixingLossSource(ToDoubleFunction<double[]> loss, int mixing) {
    this.loss = loss;
    this.mixing = mixing;
  }

  double loss(float[] p) {
    return loss.applyAsDouble(toDouble(p));
  }

  @Override
  public NetworkSize size() {
    return new NetworkSize(1, mixing, 1);
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
  public float[] initialWeights(long seed) {
    return new float[1];
  }

  @Override
  public float[] initialStatistics() {
    return new float[1];
  }

  @Override
  public List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] p) {
    requests.add(request);
    return weights.stream().map(w -> at(p)).toList();
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics) {
    requests.add(request);
    inEvaluation++;
    return mixings.stream().map(this::at).toList();
  }

  private Gradients at(float[] p) {
    points++;
    float[] gradient = new float[mixing];
    for (int k = 0; k < mixing; k++) {
      double[] plus = toDouble(p);
      double[] minus = toDouble(p);
      plus[k] += STEP;
      minus[k] -= STEP;
      gradient[k] = (float) ((loss.applyAsDouble(plus) - loss.applyAsDouble(minus)) / (2 * STEP));
    }
    return new Gradients(new float[0], gradient, new float[1], new Score(loss(p), 0, 1));
  }

  private static double[] toDouble(float[] p) {
    double[] values = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      values[k] = p[k];
    }
    return values;
  }

  @Override
  public List<Score> evaluate(
      Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics) {
    return mixings.stream().map(p -> new Score(loss(p), 0, 1)).toList();
  }

  @Override
  public void close() {}
}
