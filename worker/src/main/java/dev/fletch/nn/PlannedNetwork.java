package dev.fletch.nn;

import dev.fletch.data.Batch;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.Input;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.Device;
import dev.fletch.engine.FlatKernels;
import dev.fletch.engine.Floats;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.PlanTooLargeException;
import dev.fletch.engine.Profile;
import dev.fletch.engine.Slot;
import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.nn.SizedPlans.SizedPlan;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A {@link TrainableNetwork} that runs a plan. Shapes of images are fixed in a plan, so a minibatch
 * smaller than the full one (the last of an epoch) gets a plan of its own ({@link SizedPlans});
 * texts are of any number and length in one plan.
 */
public abstract class PlannedNetwork implements TrainableNetwork {
  /**
   * The ends of a network.
   *
   * @param auxiliary null if there is none
   */
  protected record Heads(Head main, Head auxiliary) {
    public Heads {}
  }

  private final Device device;
  private final Input input;
  private final int batch;
  private final int threads;
  private final int mixing;
  private final SizedPlans plans;
  private SizedPlan last;

  protected PlannedNetwork(Input input, int batch, int threads, int mixing) {
    this.device = Device.bound();
    this.input = input;
    this.batch = batch;
    this.threads = threads;
    this.mixing = mixing;
    this.plans = new SizedPlans(batch, this::lay);
  }

  /**
   * Adds all steps from a minibatch on; called once per batch size, always the same way.
   *
   * @param examples the minibatch; images as {@code [C, H, W, N]}, texts as words {@code [1, P]}
   */
  protected abstract Heads layOut(PlanBuilder plan, Slot examples);

  /** Called before each training pass, for randomness inside the network. */
  protected void prepare(Batch next, long seed, StepId at) {
    // most networks have none
  }

  /** What it was built for. */
  protected final Input input() {
    return input;
  }

  @Override
  public int weightCount() {
    return plans.full().plan().pass().weights().length();
  }

  @Override
  public int mixingCount() {
    return mixing;
  }

  @Override
  public int statisticsCount() {
    return plans.full().plan().pass().batchStatistics().length();
  }

  /** The parts of the flat weight vector, in order. */
  public List<WeightSlot> weightSlots() {
    return plans.full().plan().weightSlots();
  }

  /** The parts of the flat statistics vector, in order. */
  public List<StatisticsSlot> statisticsSlots() {
    return plans.full().plan().statisticsSlots();
  }

  @Override
  public boolean leavesProcessorsIdle() {
    return device != Device.HOST;
  }

  @Override
  public FlatKernels place() {
    return plans.full().plan().flat();
  }

  @Override
  public long bytes() {
    return unbuilt(input, batch).bytes();
  }

  /**
   * Lays the plan for full minibatches out, and nothing else: takes no memory and little time.
   *
   * @throws PlanTooLargeException if no memory could hold it
   */
  public void requireBuildable() {
    unbuilt(input, batch);
  }

  /** As {@link #weightCount}; takes no memory. */
  public long plannedWeights() {
    return unbuilt(input, 1).weightSlots().stream().mapToLong(WeightSlot::length).sum();
  }

  private PlanBuilder unbuilt(Input entering, int examples) {
    PlanBuilder plan = PlanBuilder.unbuilt(mixing);
    layOut(plan, Entry.of(entering, examples, plan).slot());
    return plan;
  }

  /**
   * Multiplications with an addition that the convolutions and linear layers take for one example,
   * as papers count them; whatever else is in the plan, auxiliary heads included. Of texts, for one
   * of their mean length. Takes no memory.
   */
  public long multiplyAdds() {
    return unbuilt(input.average(), 1).multiplyAdds();
  }

  @Override
  public long multiplyAdds(float[] mixingWeights) {
    checkLength("mixing weights", mixingWeights.length, mixing);
    return unbuilt(input.average(), 1).multiplyAdds(mixingWeights);
  }

  @Override
  public void profile(Profile into) {
    plans.full().plan().profile(into);
  }

  @Override
  public float[] initialWeights(long seed) {
    return InitialVectors.weights(weightSlots(), weightCount(), seed);
  }

  @Override
  public float[] initialWeights(long seed, ExampleSource examples) {
    float[] weights = initialWeights(seed);
    Embedding.begin(weightSlots(), examples, weights);
    return weights;
  }

  @Override
  public float[] initialStatistics() {
    return InitialVectors.statistics(statisticsSlots(), statisticsCount());
  }

  @Override
  public BatchGradients gradients(
      Batch next, long seed, StepId at, float[] weights, float[] mixingWeights, Wanted wanted) {
    return gradients(next, seed, at, Floats.of(weights), mixingWeights, wanted);
  }

  @Override
  public BatchGradients gradients(
      Batch next, long seed, StepId at, Floats weights, float[] mixingWeights, Wanted wanted) {
    SizedPlan sized = load(next, weights, mixingWeights);
    prepare(next, seed, at);
    Pass pass = sized.plan().pass();
    sized.plan().forward(true);
    BatchScore score = sized.head().score();
    if (wanted != Wanted.STATISTICS) {
      sized.plan().backward(wanted.weights());
    }
    FlatKernels place = weights.kernels();
    return new BatchGradients(
        wanted.weights() ? pass.weightGradient().toFloats(place) : Floats.of(new float[0]),
        wanted.mixing() ? pass.mixingGradient().toFloats() : new float[0],
        pass.batchStatistics().toFloats(place),
        score);
  }

  @Override
  public BatchGradients gradientsInEvaluation(
      Batch next, float[] weights, float[] mixingWeights, float[] statistics) {
    return gradientsInEvaluation(next, Floats.of(weights), mixingWeights, Floats.of(statistics));
  }

  @Override
  public BatchGradients gradientsInEvaluation(
      Batch next, Floats weights, float[] mixingWeights, Floats statistics) {
    SizedPlan sized = load(next, weights, mixingWeights, statistics);
    sized.plan().forwardInEvaluation();
    BatchScore score = sized.head().score();
    if (mixing > 0) {
      sized.plan().backward(false);
    }
    float[] gradient = sized.plan().pass().mixingGradient().toFloats();
    return new BatchGradients(new float[0], gradient, new float[0], score);
  }

  @Override
  public BatchScore evaluate(
      Batch next, float[] weights, float[] mixingWeights, float[] statistics) {
    return evaluate(next, Floats.of(weights), mixingWeights, Floats.of(statistics));
  }

  @Override
  public BatchScore evaluate(Batch next, Floats weights, float[] mixingWeights, Floats statistics) {
    return forwardInEvaluation(next, weights, mixingWeights, statistics).head().evaluation();
  }

  @Override
  public float[] logits(Batch next, float[] weights, float[] mixingWeights, float[] statistics) {
    return forwardInEvaluation(next, Floats.of(weights), mixingWeights, Floats.of(statistics))
        .head()
        .logits();
  }

  /** {@code [N, classes]} of the last forward pass, of whatever mode. */
  public float[] lastLogits() {
    return last.head().logits();
  }

  private SizedPlan forwardInEvaluation(
      Batch next, Floats weights, float[] mixingWeights, Floats statistics) {
    SizedPlan sized = load(next, weights, mixingWeights, statistics);
    sized.plan().forward(false);
    return sized;
  }

  private SizedPlan load(Batch next, Floats weights, float[] mixingWeights, Floats statistics) {
    SizedPlan sized = load(next, weights, mixingWeights);
    checkLength("statistics", statistics.length(), statisticsCount());
    sized.plan().pass().runningStatistics().write(statistics);
    return sized;
  }

  private SizedPlan load(Batch next, Floats weights, float[] mixingWeights) {
    if (!next.input().equals(input) || next.size() < 1 || next.size() > batch) {
      throw new IllegalArgumentException(
          "Cannot run "
              + next.size()
              + " examples of "
              + next.input()
              + " through a network built for 1 to "
              + batch
              + " examples of "
              + input);
    }
    checkLength("weights", weights.length(), weightCount());
    checkLength("mixing weights", mixingWeights.length, mixing);
    // a plan for texts takes minibatches of any size, up to the full one
    SizedPlan sized = input instanceof TokenShape ? plans.full() : plans.of(next.size());
    last = sized;
    sized.plan().pass().weights().write(weights);
    sized.plan().pass().mixing(mixingWeights);
    sized.entry().load(next);
    sized.head().labels(next.targets());
    if (sized.auxiliary() != null) {
      sized.auxiliary().labels(next.targets());
    }
    return sized;
  }

  private SizedPlan lay(int size) {
    PlanBuilder plan = new PlanBuilder(device, DataType.FLOAT, threads, mixing);
    Entry entry = Entry.of(input, size, plan);
    Heads heads = layOut(plan, entry.slot());
    return new SizedPlan(size, entry, heads.main(), heads.auxiliary(), plan.build());
  }

  private static void checkLength(String what, int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          "Cannot run the network: it has " + expected + " " + what + ", got " + length);
    }
  }

  @Override
  public void close() {
    plans.close();
  }
}
