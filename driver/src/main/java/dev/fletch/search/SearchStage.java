package dev.fletch.search;

import dev.fletch.bilevel.SearchState;
import dev.fletch.bilevel.StepProcedure;
import dev.fletch.gradient.GradientSource;
import dev.fletch.method.Composition;
import dev.fletch.method.SearchSpace;
import dev.fletch.method.Stage;
import dev.fletch.runfolder.TrainingVectors;
import dev.fletch.supernet.OperationMask;

/** A stage of a search under way: what the method is made of in it, and the supernet it trains. */
final class SearchStage implements AutoCloseable {
  /** So that every stage draws other weights; the first has those of the run's seed. */
  private static final long SEED_STEP = 1_000_003;

  private final SearchPlan plan;
  private final Stage stage;
  private final Composition composition;
  private final GradientSource source;
  private final StepProcedure procedure;

  private SearchStage(
      SearchPlan plan, Stage stage, Composition composition, GradientSource source) {
    this.plan = plan;
    this.stage = stage;
    this.composition = composition;
    this.source = source;
    SearchSettings settings = plan.settings();
    this.procedure =
        composition
            .procedure()
            .on(source, settings.alphaGradient(), composition.objective(), settings.gradientClip());
  }

  /** The stage, on a supernet that there is: its own or a part of it, in whatever process. */
  static SearchStage on(SearchPlan plan, Stage stage, GradientSource source) {
    return new SearchStage(
        plan, stage, plan.settings().method().compose(plan.space(), stage), source);
  }

  /** The stage that {@code epoch} belongs to, on a supernet opened for it. */
  static SearchStage open(SearchPlan plan, int epoch, OperationMask mask, SupernetSources sources) {
    Stage stage = plan.settings().method().stage(plan.space(), epoch, mask);
    Composition composition = plan.settings().method().compose(plan.space(), stage);
    GradientSource source = sources.open(composition.supernet(), composition.edges());
    SearchStage opened = new SearchStage(plan, stage, composition, source);
    int expected = composition.supernet().topology().rows() * composition.columns();
    if (source.size().mixing() != expected) {
      opened.close();
      throw new IllegalArgumentException(
          "Cannot search: the network takes "
              + source.size().mixing()
              + " mixing weights, the space has "
              + expected);
    }
    return opened;
  }

  /**
   * The stage after this one, on this one's supernet if it may stay and on another otherwise; this
   * one is not to be used any more.
   *
   * @param state at the end of this stage
   */
  SearchStage next(SearchState state, SupernetSources sources) {
    SearchSpace space = plan.space();
    float[] mixing = composition.relaxations().strength(stage.end() - 1).mixing(state.alpha());
    OperationMask mask =
        plan.settings().method().maskAfter(space, stage, composition.ofOperations(mixing));
    Stage following = plan.settings().method().stage(space, stage.end(), mask);
    Composition next = plan.settings().method().compose(space, following);
    if (next.supernet().equals(composition.supernet())
        && next.edges().equals(composition.edges())) {
      return new SearchStage(plan, following, next, source);
    }
    close();
    return open(plan, stage.end(), mask, sources);
  }

  /** Fresh w and alpha. */
  SearchState begin() {
    long seed = plan.seed() + SEED_STEP * stage.index();
    return new SearchState(
        TrainingVectors.initial(source, plan.settings().weights(), seed),
        composition.alpha().initial().apply(seed),
        plan.settings().alpha().optimizer(composition.alpha().length()));
  }

  Stage stage() {
    return stage;
  }

  Composition composition() {
    return composition;
  }

  GradientSource source() {
    return source;
  }

  StepProcedure procedure() {
    return procedure;
  }

  /** Rates of {@code epoch}; their schedules begin anew in every stage. */
  StepProcedure.Rates rates(int epoch) {
    int within = epoch - stage.firstEpoch();
    return new StepProcedure.Rates(
        plan.settings().weightsRate().at(within, stage.epochs()),
        plan.settings().alphaRate().at(within, stage.epochs()));
  }

  @Override
  public void close() {
    source.close();
  }
}
