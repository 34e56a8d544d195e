package dev.fletch.nn;

import dev.fletch.data.Batch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Plan;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Profile;
import dev.fletch.engine.Slot;
import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A {@link TrainableNetwork} that runs a plan. Shapes are fixed in a plan, so a minibatch smaller
 * than the full one (the last of an epoch) gets a plan of its own; at most two plans are kept.
 */
public abstract class PlannedNetwork implements TrainableNetwork {
  /** A plan for one batch size with its ends. */
  private static final class Instance {
    private final int batch;
    private final Slot images;
    private final Head head;
    private final Head auxiliary;
    private final Plan plan;

    Instance(int batch, Slot images, Heads heads, Plan plan) {
      this.batch = batch;
      this.images = images;
      this.head = heads.main();
      this.auxiliary = heads.auxiliary();
      this.plan = plan;
    }
  }

  /**
   * The ends of a network.
   *
   * @param auxiliary null if there is none
   */
  protected record Heads(Head main, Head auxiliary) {
    public Heads {}
  }

  private final ImageShape shape;
  private final int batch;
  private final int threads;
  private final int mixing;
  private Instance full;
  private Instance partial;
  private Instance last;

  protected PlannedNetwork(ImageShape shape, int batch, int threads, int mixing) {
    this.shape = shape;
    this.batch = batch;
    this.threads = threads;
    this.mixing = mixing;
  }

  /**
   * Adds all steps from {@code images} {@code [C, N, H, W]} on; called once per batch size, always
   * the same way.
   */
  protected abstract Heads layOut(PlanBuilder plan, Slot images);

  /** Called before each training pass, for randomness inside the network. */
  protected void prepare(Batch next, long seed, StepId at) {
    // most networks have none
  }

  /** Of the images it was built for. */
  protected final ImageShape shape() {
    return shape;
  }

  @Override
  public int weightCount() {
    return full().plan.pass().weights().length;
  }

  @Override
  public int mixingCount() {
    return mixing;
  }

  @Override
  public int statisticsCount() {
    return full().plan.pass().batchStatistics().length;
  }

  /** The parts of the flat weight vector, in order. */
  public List<WeightSlot> weightSlots() {
    return full().plan.weightSlots();
  }

  /** The parts of the flat statistics vector, in order. */
  public List<StatisticsSlot> statisticsSlots() {
    return full().plan.statisticsSlots();
  }

  /** Native memory of the plan for full minibatches, in bytes; takes none of it. */
  public long bytes() {
    return unbuilt(batch).bytes();
  }

  /** As {@link #weightSlots}, without building the plan. */
  protected List<WeightSlot> plannedWeightSlots() {
    return unbuilt(batch).weightSlots();
  }

  private PlanBuilder unbuilt(int examples) {
    PlanBuilder plan = PlanBuilder.unbuilt(mixing);
    layOut(plan, plan.slot(shape.channels(), examples, shape.height(), shape.width()));
    return plan;
  }

  /**
   * Multiplications with an addition that the convolutions and linear layers take for one image, as
   * papers count them; whatever else is in the plan, auxiliary heads included. Takes no memory.
   */
  public long multiplyAdds() {
    return unbuilt(1).multiplyAdds();
  }

  /** The same without the operations whose mixing weight is 0. */
  public long multiplyAdds(float[] mixingWeights) {
    checkLength("mixing weights", mixingWeights.length, mixing);
    return unbuilt(1).multiplyAdds(mixingWeights);
  }

  /** Notes the time of every step of the plan from now on; null stops that. */
  public void profile(Profile into) {
    full().plan.profile(into);
  }

  @Override
  public float[] initialWeights(long seed) {
    float[] weights = new float[weightCount()];
    SplittableRandom random = new SplittableRandom(seed);
    for (WeightSlot slot : weightSlots()) {
      double bound = 1 / Math.sqrt(slot.fanIn());
      for (int i = 0; i < slot.length(); i++) {
        weights[slot.offset() + i] =
            switch (slot.initialization()) {
              case UNIFORM -> (float) ((2 * random.nextDouble() - 1) * bound);
              case ONES -> 1;
              case ZEROS -> 0;
            };
      }
    }
    return weights;
  }

  @Override
  public float[] initialStatistics() {
    return initialStatistics(full().plan);
  }

  private static float[] initialStatistics(Plan plan) {
    float[] statistics = new float[plan.pass().batchStatistics().length];
    for (StatisticsSlot slot : plan.statisticsSlots()) {
      Arrays.fill(statistics, slot.variances(), slot.variances() + slot.channels(), 1);
    }
    return statistics;
  }

  @Override
  public BatchGradients gradients(
      Batch next, long seed, StepId at, float[] weights, float[] mixingWeights, Wanted wanted) {
    Instance instance = load(next, weights, mixingWeights);
    prepare(next, seed, at);
    Pass pass = instance.plan.pass();
    instance.plan.forward(true);
    BatchScore score = instance.head.score();
    if (wanted != Wanted.STATISTICS) {
      instance.plan.backward(wanted.weights());
    }
    return new BatchGradients(
        wanted.weights() ? toFloat(pass.weightGradient()) : new float[0],
        wanted.mixing() ? toFloat(pass.mixingGradient()) : new float[0],
        toFloat(pass.batchStatistics()),
        score);
  }

  @Override
  public BatchGradients gradientsInEvaluation(
      Batch next, float[] weights, float[] mixingWeights, float[] statistics) {
    Instance instance = load(next, weights, mixingWeights, statistics);
    instance.plan.forwardInEvaluation();
    BatchScore score = instance.head.score();
    if (mixing > 0) {
      instance.plan.backward(false);
    }
    float[] gradient = toFloat(instance.plan.pass().mixingGradient());
    return new BatchGradients(new float[0], gradient, new float[0], score);
  }

  @Override
  public BatchScore evaluate(
      Batch next, float[] weights, float[] mixingWeights, float[] statistics) {
    Head head = forwardInEvaluation(next, weights, mixingWeights, statistics).head;
    return head.score().with(head.predictions());
  }

  @Override
  public float[] logits(Batch next, float[] weights, float[] mixingWeights, float[] statistics) {
    return forwardInEvaluation(next, weights, mixingWeights, statistics).head.logits();
  }

  /** {@code [N, classes]} of the last forward pass, of whatever mode. */
  public float[] lastLogits() {
    return last.head.logits();
  }

  private Instance forwardInEvaluation(
      Batch next, float[] weights, float[] mixingWeights, float[] statistics) {
    Instance instance = load(next, weights, mixingWeights, statistics);
    instance.plan.forward(false);
    return instance;
  }

  private Instance load(Batch next, float[] weights, float[] mixingWeights, float[] statistics) {
    Instance instance = load(next, weights, mixingWeights);
    checkLength("statistics", statistics.length, statisticsCount());
    toDouble(statistics, instance.plan.pass().runningStatistics());
    return instance;
  }

  private Instance load(Batch next, float[] weights, float[] mixingWeights) {
    if (!next.shape().equals(shape) || next.size() < 1 || next.size() > batch) {
      throw new IllegalArgumentException(
          "Cannot run "
              + next.size()
              + " examples of "
              + next.shape()
              + " through a network built for 1 to "
              + batch
              + " examples of "
              + shape);
    }
    checkLength("weights", weights.length, weightCount());
    checkLength("mixing weights", mixingWeights.length, mixing);
    Instance instance = instance(next.size());
    last = instance;
    toDouble(weights, instance.plan.pass().weights());
    toDouble(mixingWeights, instance.plan.pass().mixing());
    instance.images.value().write(channelsFirst(next));
    instance.head.labels(next.labels());
    if (instance.auxiliary != null) {
      instance.auxiliary.labels(next.labels());
    }
    return instance;
  }

  /** {@code [N, C, H, W]} to {@code [C, N, H, W]}. */
  private float[] channelsFirst(Batch next) {
    int pixels = shape.height() * shape.width();
    float[] turned = new float[next.images().length];
    for (int n = 0; n < next.size(); n++) {
      for (int c = 0; c < shape.channels(); c++) {
        System.arraycopy(
            next.images(),
            (n * shape.channels() + c) * pixels,
            turned,
            (c * next.size() + n) * pixels,
            pixels);
      }
    }
    return turned;
  }

  private Instance full() {
    return instance(batch);
  }

  private Instance instance(int size) {
    if (size == batch) {
      if (full == null) {
        full = lay(size);
      }
      return full;
    }
    if (partial == null || partial.batch != size) {
      if (partial != null) {
        partial.plan.close();
      }
      partial = lay(size);
    }
    return partial;
  }

  private Instance lay(int size) {
    PlanBuilder plan = new PlanBuilder(DataType.FLOAT, threads, mixing);
    Slot images = plan.slot(shape.channels(), size, shape.height(), shape.width());
    Heads heads = layOut(plan, images);
    return new Instance(size, images, heads, plan.build());
  }

  private static void checkLength(String what, int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          "Cannot run the network: it has " + expected + " " + what + ", got " + length);
    }
  }

  private static float[] toFloat(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static void toDouble(float[] values, double[] target) {
    for (int i = 0; i < values.length; i++) {
      target[i] = values[i];
    }
  }

  @Override
  public void close() {
    if (full != null) {
      full.plan.close();
      full = null;
    }
    if (partial != null) {
      partial.plan.close();
      partial = null;
    }
  }
}
