package dev.fletch.toy;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import java.util.List;

/** Another source: what tests watch or disturb, by overriding a call. */
public abstract class ForwardingSource implements GradientSource {
  private final GradientSource source;

  protected ForwardingSource(GradientSource source) {
    this.source = source;
  }

  @Override
  public NetworkSize size() {
    return source.size();
  }

  @Override
  public int examples(Portion portion) {
    return source.examples(portion);
  }

  @Override
  public int steps(Portion portion, int epoch) {
    return source.steps(portion, epoch);
  }

  @Override
  public double rateFactor(Portion portion, StepId at) {
    return source.rateFactor(portion, at);
  }

  @Override
  public float[] initialWeights(long seed) {
    return source.initialWeights(seed);
  }

  @Override
  public float[] initialStatistics() {
    return source.initialStatistics();
  }

  @Override
  public List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] mixing) {
    return source.gradients(request, weights, mixing);
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics) {
    return source.gradientsInEvaluation(request, weights, mixings, statistics);
  }

  @Override
  public List<Score> evaluate(
      Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics) {
    return source.evaluate(portion, chunks, weights, mixings, statistics);
  }

  @Override
  public void close() {
    source.close();
  }
}
