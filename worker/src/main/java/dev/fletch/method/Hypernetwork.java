package dev.fletch.method;

import dev.fletch.bilevel.AlphaObjective;
import dev.fletch.bilevel.ComplexityPenalty;
import dev.fletch.data.SeededRandom;
import dev.fletch.data.StepId;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.LinearHypernetwork;
import dev.fletch.supernet.OperationWeights;
import dev.fletch.supernet.Relaxation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A linear hypernetwork: alpha(lambda) = lambda * b1 + b2 for every edge and operation, trained for
 * all lambda at once, so that one search gives a genotype for any lambda. In every step another
 * lambda is drawn.
 *
 * <p>Alpha's objective is the validation loss plus {@code lambda * complexityWeight} times the
 * expected complexity ({@link OperationWeights#shares}): a large lambda means a small network. With
 * weight 0 it is the loss alone, which leaves lambda nothing to control.
 *
 * <p>The supernet is evaluated at the smallest lambda.
 *
 * @param lambdas rising; what is read off after each epoch
 * @param draw where the lambda of a step comes from
 * @param complexityWeight 0 for the loss alone
 * @param slopeUnit what is trained is b1 / slopeUnit: alpha's optimizer steps all its values alike,
 *     but lambda, being small, would leave the steps of b1 without effect
 * @param mixing how alpha(lambda) weighs operations
 */
public record Hypernetwork(
    List<Double> lambdas, Draw draw, double complexityWeight, double slopeUnit, Mixing mixing)
    implements Method {
  /** Where the lambda of a step comes from. */
  public enum Draw {
    /** One of the list, all alike. */
    LIST,
    /** From the smallest to the largest of the list, its logarithm uniform. */
    LOG_UNIFORM
  }

  public Hypernetwork {
    lambdas = List.copyOf(lambdas);
    boolean rising = !lambdas.isEmpty() && lambdas.get(0) > 0;
    for (int i = 1; i < lambdas.size(); i++) {
      rising &= lambdas.get(i) > lambdas.get(i - 1);
    }
    new Checks()
        .require("lambdas", rising, "must be numbers > 0 in rising order, got " + lambdas)
        .atLeast("complexity-weight", complexityWeight, 0)
        .positive("slope-unit", slopeUnit)
        .orThrow();
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    int count = space.layout().count();
    AlphaVector vector =
        AlphaVector.normal(space.layout(), count).shifted(count, mixing.start(space));
    RelaxationSchedule mixed = mixing.in(Composition.darts(space), space).relaxations();
    Composition composition =
        Composition.darts(space)
            .withAlpha(vector)
            .withRelaxations(
                new WrappedSchedule(
                    mixed,
                    (inner, at) -> atLambda(inner, lambda(space.seed(), at)),
                    (inner, epoch) -> atLambda(inner, lambdas.get(0))))
            .withLambdas(
                lambdas.stream()
                    .map(l -> new Lambda(l, epoch -> atLambda(mixed.evaluation(epoch), l)))
                    .toList());
    return complexityWeight == 0
        ? composition
        : composition.withObjective(
            AlphaObjective.with(
                new ComplexityPenalty(
                    space.shares(), at -> complexityWeight * lambda(space.seed(), at))));
  }

  @Override
  public Optional<String> withoutTemperature() {
    return mixing.withoutTemperature();
  }

  @Override
  public void check(Checks checks, SearchSpace space) {
    checks.require(
        "space.operations",
        Arrays.stream(space.shares()).anyMatch(share -> share > 0),
        "must name operations that cost something (weights, or an exponential) with method"
            + " hypernetwork: lambda has nothing to control without them");
  }

  /** The lambda of a step, a function of seed, epoch and step. */
  double lambda(long seed, StepId at) {
    SeededRandom random = SeededRandom.of(SeededRandom.Purpose.LAMBDA, seed, at.epoch(), at.step());
    double smallest = lambdas.get(0);
    double largest = lambdas.get(lambdas.size() - 1);
    return switch (draw) {
      case LIST -> lambdas.get(random.below(lambdas.size()));
      case LOG_UNIFORM -> smallest * Math.pow(largest / smallest, random.unit());
    };
  }

  private Relaxation atLambda(Relaxation inner, double lambda) {
    return new LinearHypernetwork(inner, lambda * slopeUnit);
  }
}
