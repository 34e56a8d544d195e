package dev.fletch.search;

import dev.fletch.data.Portion;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import dev.fletch.nn.Wanted;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSettings;
import java.util.ArrayList;
import java.util.List;

/** The toy source of a supernet, noting what it is asked for. */
class NotingSource implements GradientSource {
  /** An exchange. */
  @SuppressWarnings("ArrayRecordComponent") // a note, never compared
  record Exchange(GradientRequest request, float[] weights, float[] mixing) {}

  final SupernetSettings size;
  final EdgeSettings edges;
  final List<Exchange> exchanges = new ArrayList<>();
  int closed;
  private final GradientSource source;

  NotingSource(SupernetSettings size, EdgeSettings edges) {
    this.size = size;
    this.edges = edges;
    this.source = Toys.source(size, edges);
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
    if (closed > 0) {
      throw new IllegalStateException("closed");
    }
    if (request.wanted() == Wanted.STATISTICS) {
      return source.gradients(request, weights, mixing); // no step: measured after an epoch
    }
    exchanges.add(new Exchange(request, weights.get(0).clone(), mixing.clone()));
    return source.gradients(request, weights, mixing);
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, float[] weights, List<float[]> mixings, float[] statistics) {
    return source.gradientsInEvaluation(request, weights, mixings, statistics);
  }

  @Override
  public List<Score> evaluate(
      Portion portion, int chunks, float[] weights, List<float[]> mixings, float[] statistics) {
    return source.evaluate(portion, chunks, weights, mixings, statistics);
  }

  @Override
  public void close() {
    closed++;
    source.close();
  }
}
