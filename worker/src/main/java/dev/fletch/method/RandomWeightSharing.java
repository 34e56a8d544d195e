package dev.fletch.method;

import dev.fletch.architecture.RandomPath;
import dev.fletch.architecture.ThresholdDerivation;
import dev.fletch.data.StepId;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.FixedMixing;
import dev.fletch.supernet.Relaxation;
import dev.fletch.supernet.SoftmaxRelaxation;

/**
 * Random search with weight sharing (Li and Talwalkar, 2019, arXiv:1902.07638;
 * liamcli/randomNAS_release): every step trains w on another path drawn at random; after the
 * training, paths are drawn, scored with the shared weights, and the best is chosen.
 *
 * @param samples paths scored after the last epoch
 * @param chunks minibatches of the alpha portion that each is scored on
 * @param finalists best of them that are scored on the whole portion; after earlier epochs so many
 *     paths are scored instead of {@code samples}, to see how the training goes
 */
public record RandomWeightSharing(int samples, int chunks, int finalists) implements WithoutAlpha {
  /** Between 0 and 1, the weights of a path. */
  private static final double ON_THE_PATH = 0.5;

  public RandomWeightSharing {
    new Checks()
        .atLeast("samples", samples, 1)
        .atLeast("chunks", chunks, 1)
        .atLeast("finalists", finalists, 1)
        .require(
            "finalists",
            finalists <= Math.max(1, samples),
            "must be <= samples, which is " + samples + ", got " + finalists,
            "samples")
        .orThrow();
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    return Composition.darts(space)
        .withEdges(EdgeSettings.PLAIN.withSampling())
        .withAlpha(AlphaVector.constant(0, 0))
        .withRelaxations(new Paths(space))
        .withProcedure(Procedure.weightsOnly())
        .withDerivation(new ThresholdDerivation(ON_THE_PATH))
        .withSelection(new PathSelection(samples, chunks, finalists));
  }

  private record Paths(SearchSpace space) implements RelaxationSchedule {
    /** A path for every step. */
    @Override
    public Relaxation training(StepId at) {
      long number = ((long) at.epoch() << Integer.SIZE) + at.step();
      return new FixedMixing(
          RandomPath.of(
              space.seed(), number, space.supernet().topology(), space.supernet().operations()));
    }

    /** Nothing is read off alpha: a {@link PathSelection} chooses. */
    @Override
    public Relaxation evaluation(int epoch) {
      return new SoftmaxRelaxation(space.operations(), 1);
    }
  }
}
