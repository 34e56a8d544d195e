package dev.fletch.engine;

/**
 * Makes flat vectors of floats at one place, the host or a card, and does there what optimizers and
 * search steps do with them. Operands of one operation lie at the same place and have the same
 * length.
 *
 * <p>Arithmetic is in double, storage in float, unless an operation says otherwise. A card gives
 * the host's values within rounding, and the same bits every time; operations on single elements
 * give the host's bits where the card does not fuse a product and a sum.
 */
public interface FlatKernels {
  /** Arrays and loops. */
  FlatKernels HOST = new HostFlatKernels();

  /** A vector of these values; on the host the array itself. */
  Floats of(float[] values);

  /** A vector of zeros. */
  Floats zeros(int length);

  /** A vector to be written to: whatever is in it before. */
  Floats room(int length);

  /** L2 norm over all values together, their squares added up in a fixed order. */
  double norm(Floats x);

  /** {@code x = factor * x}. */
  void scale(Floats x, double factor);

  /** {@code to = from + factor * direction}. */
  void move(Floats from, double factor, Floats direction, Floats to);

  /** {@code sum = x + y}, in float. */
  void add(Floats x, Floats y, Floats sum);

  /** {@code out = x / divisor}, in float. */
  void divide(Floats x, float divisor, Floats out);

  /**
   * {@code running = (1 - share) * running + share * next}, in float; where {@code next} is NaN,
   * {@code running} stays as it is.
   */
  void average(Floats running, float share, Floats next);

  /** {@code v = momentum * v + (gradient + decay * w); w = w - rate * v}. */
  void descend(Floats w, Floats v, Floats gradient, Descent step);

  /**
   * Where {@link #descend} would lead: {@code ahead = w - rate * (momentum * v + (gradient + decay
   * * w))}.
   */
  void descendAhead(Floats w, Floats v, Floats gradient, Descent step, Floats ahead);

  /**
   * {@code g = gradient + decay * w; m = beta1 * m + (1 - beta1) * g; v = beta2 * v + (1 - beta2) *
   * g^2; w = w - rate * (m / firstCorrection) / (sqrt(v / secondCorrection) + epsilon)}.
   */
  void adam(Floats w, Floats m, Floats v, Floats gradient, AdamStep step);

  /**
   * One step of gradient descent.
   *
   * @param rate learning rate
   * @param momentum of the velocity
   * @param decay L2 coefficient
   */
  record Descent(double rate, double momentum, double decay) {}

  /**
   * One step of Adam.
   *
   * @param rate learning rate
   * @param firstCorrection 1 - beta1^t
   * @param secondCorrection 1 - beta2^t
   * @param decay L2 coefficient
   */
  record AdamStep(
      double rate,
      double beta1,
      double beta2,
      double firstCorrection,
      double secondCorrection,
      double epsilon,
      double decay) {}
}
