package dev.fletch.method;

import dev.fletch.data.StepId;
import dev.fletch.supernet.Relaxation;
import java.util.Optional;

/** Which relaxation holds when: temperatures fall, noise is drawn anew in every step. */
public interface RelaxationSchedule {
  /** For the gradients of a step; the evaluation's unless noise or a draw comes in. */
  default Relaxation training(StepId at) {
    return evaluation(at.epoch());
  }

  /** For evaluating the supernet after {@code epoch}; without noise. */
  Relaxation evaluation(int epoch);

  /**
   * For what is read off alpha after {@code epoch}: genotype, entropy, alpha files. Other than the
   * evaluation's where the supernet is evaluated with hard choices.
   */
  default Relaxation strength(int epoch) {
    return evaluation(epoch);
  }

  /** T of {@code epoch}; 1 where there is none. */
  default double temperature(int epoch, float[] alpha) {
    return 1;
  }

  /** The T that divides alpha in {@link #strength}; 1 where none does. */
  default double strengthTemperature(int epoch, float[] alpha) {
    return 1;
  }

  /** The evaluation at another temperature, where the method has one. */
  default Optional<Relaxation> at(double temperature) {
    return Optional.empty();
  }
}
