package dev.fletch.toy;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import java.util.List;

/** Another source, until a step is reached: there it throws. Counts the exchanges before. */
public final class InterruptedSource implements GradientSource {
  private final GradientSource source;
  private final StepId at;
  private final RuntimeException failure;
  private int exchanges;

  public InterruptedSource(GradientSource source, StepId at, RuntimeException failure) {
    this.source = source;
    this.at = at;
    this.failure = failure;
  }

  public int exchanges() {
    return exchanges;
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
  public int steps(Portion portion) {
    return source.steps(portion);
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
  public List<Gradients> gradients(GradientRequest request, List<float[]> weights, float[] mixing) {
    if (request.at().equals(at)) {
      throw failure;
    }
    exchanges++;
    return source.gradients(request, weights, mixing);
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, float[] weights, List<float[]> mixings, float[] statistics) {
    if (request.at().equals(at)) {
      throw failure;
    }
    exchanges++;
    return source.gradientsInEvaluation(request, weights, mixings, statistics);
  }

  @Override
  public List<Score> evaluate(
      Portion portion, int chunks, float[] weights, List<float[]> mixings, float[] statistics) {
    return source.evaluate(portion, chunks, weights, mixings, statistics);
  }

  @Override
  public void close() {
    source.close();
  }
}
