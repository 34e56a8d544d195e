package dev.fletch.method;

import dev.fletch.architecture.RestrictedSkipDerivation;
import dev.fletch.bilevel.AlphaObjective;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.MaskedSoftmaxRelaxation;
import dev.fletch.supernet.OperationMask;
import dev.fletch.supernet.SkipDropout;
import dev.fletch.supernet.SupernetSettings;
import java.util.List;
import java.util.Optional;

/**
 * P-DARTS (Chen et al., 2019, arXiv:1904.12760; chenxin061/pdarts): stages with more and more cells
 * and fewer and fewer operations, each with a fresh network. Skip connections are dropped out while
 * a stage is young, and their number in the normal cell is restricted in the end.
 *
 * @param addedLayers cells of each stage beyond {@code supernet.layers}
 * @param droppedOperations operations that every edge loses after each stage but the last: those
 *     with the smallest mixing weights
 * @param skipDropout initial rate of each stage
 * @param warmUp first epochs of a stage in which w is trained alone
 * @param skips most skip connections in the normal cell
 * @param alphaClip global L2 norm at which alpha's gradient is clipped; 0 for none
 */
public record PDarts(
    List<Integer> addedLayers,
    List<Integer> droppedOperations,
    List<Double> skipDropout,
    int warmUp,
    int skips,
    double alphaClip)
    implements Method {
  public PDarts {
    addedLayers = List.copyOf(addedLayers);
    droppedOperations = List.copyOf(droppedOperations);
    skipDropout = List.copyOf(skipDropout);
    int stages = addedLayers.size();
    new Checks()
        .require("added-layers", stages > 0, "must have a number for each stage")
        .require(
            "added-layers",
            addedLayers.stream().allMatch(n -> n >= 0),
            "must be >= 0, got " + addedLayers)
        .require(
            "dropped-operations",
            droppedOperations.size() == stages - 1,
            "must have a number for each of the "
                + stages
                + " stages of added-layers but the last, got "
                + droppedOperations,
            "added-layers")
        .require(
            "dropped-operations",
            droppedOperations.stream().allMatch(n -> n >= 0),
            "must be >= 0, got " + droppedOperations)
        .require(
            "skip-dropout",
            skipDropout.size() == stages && skipDropout.stream().allMatch(p -> p >= 0 && p < 1),
            "must have a number >= 0 and < 1 for each of the "
                + stages
                + " stages of added-layers, got "
                + skipDropout,
            "added-layers")
        .atLeast("warm-up", warmUp, 0)
        .atLeast("skips", skips, 0)
        .atLeast("alpha-clip", alphaClip, 0)
        .orThrow();
  }

  @Override
  public int stageEpochs(SearchSpace space) {
    return space.epochs() / addedLayers.size();
  }

  @Override
  public int comparableFrom(SearchSpace space) {
    return space.epochs() - stageEpochs(space);
  }

  @Override
  public Composition compose(SearchSpace space, Stage stage) {
    SupernetSettings size = space.cells();
    SupernetSettings grown = size.withLayers(size.layers() + addedLayers.get(stage.index()));
    SkipDropout dropout =
        new SkipDropout(skipDropout.get(stage.index()), stage.firstEpoch(), stage.epochs(), warmUp);
    return Composition.darts(space)
        .withSupernet(grown)
        .withEdges(EdgeSettings.PLAIN.with(stage.mask()).with(dropout))
        .withRelaxations(
            SteadySchedule.always(new MaskedSoftmaxRelaxation(size.operations(), stage.mask(), 1)))
        .withObjective(AlphaObjective.CROSS_ENTROPY.clippedAt(alphaClip))
        .withProcedure(Procedure.bilevel().from(stage.firstEpoch() + warmUp))
        .withDerivation(new RestrictedSkipDerivation(skips));
  }

  @Override
  public OperationMask maskAfter(SearchSpace space, Stage done, float[] strength) {
    return Pruning.of(space.supernet(), done.mask(), strength)
        .without(droppedOperations.get(done.index()));
  }

  @Override
  public Optional<String> withoutRecurrentCells() {
    return Optional.of("its stages add cells to a stack, and a recurrent network has one cell");
  }

  @Override
  public Optional<String> withoutTemperature() {
    return Optional.of("its stages fade operations out by themselves");
  }

  @Override
  public Optional<String> withoutStopping() {
    return Optional.of("every stage trains another network, and the last one gives the genotype");
  }

  @Override
  public void check(Checks checks, SearchSpace space) {
    int stages = addedLayers.size();
    int dropped = droppedOperations.stream().mapToInt(n -> n).sum();
    long real = space.supernet().operations().stream().filter(o -> !o.isNone()).count();
    checks
        .require(
            "search.epochs",
            space.epochs() % stages == 0,
            "must be a multiple of the " + stages + " stages of p-darts, got " + space.epochs(),
            "search.method.added-layers")
        .require(
            "search.method.warm-up",
            warmUp < Math.max(1, space.epochs() / stages),
            "must be below the epochs of a stage, which are "
                + space.epochs() / stages
                + ", or alpha never takes a step; got "
                + warmUp,
            "search.epochs",
            "search.method.added-layers")
        .require(
            "search.method.dropped-operations",
            dropped < real,
            "must leave every edge at least one of the "
                + real
                + " operations besides none, got "
                + droppedOperations,
            "space.operations");
  }
}
