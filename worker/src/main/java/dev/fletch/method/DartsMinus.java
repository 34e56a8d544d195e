package dev.fletch.method;

import dev.fletch.settings.Checks;
import dev.fletch.supernet.AuxiliaryColumn;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.Relaxation;
import java.util.Optional;

/**
 * DARTS- (Chu et al., 2021, arXiv:2009.01027; Meituan-AutoML/DARTS-, {@code src/utils.py}): every
 * edge has an auxiliary skip connection besides its operations, weighted by beta, which falls to 0.
 * It takes over the skip connection's help to the gradient, so that the one among the operations
 * has to earn its weight. The genotype leaves it out.
 *
 * @param beta in the first epoch
 */
public record DartsMinus(double beta, Decay decay) implements Method {
  /** How beta falls, over the E epochs of the search. */
  public enum Decay {
    /** beta (1 - e/E). */
    LINEAR,
    /** beta (1 + cos(pi e/E)) / 2. */
    COSINE,
    /** beta cos(pi e/2E). */
    SLOW_COSINE,
    /** It does not fall. */
    CONSTANT
  }

  public DartsMinus {
    new Checks().atLeast("beta", beta, 0).orThrow();
  }

  /** beta in {@code epoch} of {@code epochs}. */
  public double betaAt(int epoch, int epochs) {
    double passed = (double) epoch / epochs;
    return switch (decay) {
      case LINEAR -> beta * (1 - passed);
      case COSINE -> beta * (1 + Math.cos(Math.PI * passed)) / 2;
      case SLOW_COSINE -> beta * Math.cos(Math.PI * passed / 2);
      case CONSTANT -> beta;
    };
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    return Composition.darts(space)
        .withEdges(EdgeSettings.PLAIN.withAuxiliarySkip())
        .withRelaxations(
            new WrappedSchedule(
                TemperedSchedule.softmax(space),
                (softmax, at) -> withColumn(softmax, space, at.epoch()),
                (softmax, epoch) -> withColumn(softmax, space, epoch)));
  }

  @Override
  public Optional<String> withoutRecurrentCells() {
    return Optional.of(
        "it helps gradients by an auxiliary skip connection, and the gate of every edge of a"
            + " recurrent cell has one already");
  }

  private Relaxation withColumn(Relaxation softmax, SearchSpace space, int epoch) {
    return new AuxiliaryColumn(softmax, space.operations(), betaAt(epoch, space.epochs()));
  }
}
