package dev.fletch.search;

import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.Gradients;
import dev.fletch.nn.Wanted;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSpace;
import dev.fletch.toy.ForwardingSource;
import java.util.ArrayList;
import java.util.List;

/** The toy source of a supernet, noting what it is asked for. */
class NotingSource extends ForwardingSource {
  /** An exchange. */
  @SuppressWarnings("ArrayRecordComponent") // a note, never compared
  record Exchange(GradientRequest request, float[] weights, float[] mixing) {}

  final SupernetSpace size;
  final EdgeSettings edges;
  final List<Exchange> exchanges = new ArrayList<>();
  int closed;

  NotingSource(SupernetSpace size, EdgeSettings edges) {
    super(Toys.source(size, edges));
    this.size = size;
    this.edges = edges;
  }

  @Override
  public List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] mixing) {
    if (closed > 0) {
      throw new IllegalStateException("closed");
    }
    if (request.wanted() != Wanted.STATISTICS) { // those are no step: measured after an epoch
      exchanges.add(new Exchange(request, weights.get(0).toFloats(), mixing.clone()));
    }
    return super.gradients(request, weights, mixing);
  }

  @Override
  public void close() {
    closed++;
    super.close();
  }
}
