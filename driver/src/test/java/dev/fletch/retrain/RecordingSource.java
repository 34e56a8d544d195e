package dev.fletch.retrain;

import dev.fletch.data.Portion;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Score;
import dev.fletch.toy.ForwardingSource;
import java.util.List;

/** Another source, noting which portion every exchange and evaluation was on. */
final class RecordingSource extends ForwardingSource {
  private final List<Portion> seen;

  RecordingSource(GradientSource source, List<Portion> seen) {
    super(source);
    this.seen = seen;
  }

  @Override
  public List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] mixing) {
    seen.add(request.portion());
    return super.gradients(request, weights, mixing);
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics) {
    seen.add(request.portion());
    return super.gradientsInEvaluation(request, weights, mixings, statistics);
  }

  @Override
  public List<Score> evaluate(
      Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics) {
    seen.add(portion);
    return super.evaluate(portion, chunks, weights, mixings, statistics);
  }
}
