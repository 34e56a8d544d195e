package dev.fletch.toy;

import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import java.util.List;

/** Another source, until a step is reached: there it throws. Counts the exchanges before. */
public final class InterruptedSource extends ForwardingSource {
  private final StepId at;
  private final RuntimeException failure;
  private int exchanges;

  public InterruptedSource(GradientSource source, StepId at, RuntimeException failure) {
    super(source);
    this.at = at;
    this.failure = failure;
  }

  public int exchanges() {
    return exchanges;
  }

  @Override
  public List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] mixing) {
    count(request);
    return super.gradients(request, weights, mixing);
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics) {
    count(request);
    return super.gradientsInEvaluation(request, weights, mixings, statistics);
  }

  private void count(GradientRequest request) {
    if (request.at().equals(at)) {
      throw failure;
    }
    exchanges++;
  }
}
