package dev.fletch.gradient;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.nn.Wanted;
import java.io.Serializable;

/**
 * One exchange: gradients of the mean loss over one step's minibatch of {@code portion}.
 *
 * @param carried what the network remembers before it reads the minibatch, of all replicas one
 *     after the other, {@link NetworkSize#carried} values; length 0 for nothing, which is zeros
 */
@SuppressWarnings("ArrayRecordComponent") // requests with something carried are never compared
public record GradientRequest(Portion portion, StepId at, Wanted wanted, float[] carried)
    implements Serializable {
  private static final float[] NOTHING = {};

  public GradientRequest {
    carried = carried.length == 0 ? NOTHING : carried;
  }

  /** To a network that remembers nothing, or nothing yet. */
  public GradientRequest(Portion portion, StepId at, Wanted wanted) {
    this(portion, at, wanted, NOTHING);
  }
}
