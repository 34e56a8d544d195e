package dev.fletch.nn;

import dev.fletch.data.Batch;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenBatch;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.NaivePlans;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Plan;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.StatisticsSlot;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A network laid out in double precision with one minibatch in it, to check its gradients by
 * differences.
 */
public final class DoublePlan implements AutoCloseable {
  private final Plan plan;
  private final PlannedNetwork.Heads heads;

  private DoublePlan(Plan plan, PlannedNetwork.Heads heads) {
    this.plan = plan;
    this.heads = heads;
  }

  /**
   * @param weights the network's
   * @param mixing the network's mixing weights
   */
  public static DoublePlan of(
      PlannedNetwork network, Batch batch, StepId at, float[] weights, float[] mixing) {
    PlanBuilder builder = NaivePlans.builder(mixing.length);
    Entry entry = Entry.of(batch.input(), batch.size(), builder);
    PlannedNetwork.Heads heads = network.layOut(builder, entry.slot());
    DoublePlan made = new DoublePlan(builder.build(), heads);
    network.prepare(batch, 1, at);
    entry.load(batch);
    heads.main().labels(batch.targets());
    if (heads.auxiliary() != null) {
      heads.auxiliary().labels(batch.targets());
    }
    copy(weights, made.pass().weights().array());
    copy(mixing, made.pass().mixing().array());
    return made;
  }

  /** A minibatch of random images. */
  public static ImageBatch randomBatch(ImageShape shape, int size, int classes) {
    Random random = new Random(16);
    float[] images = new float[size * shape.values()];
    int[] labels = new int[size];
    int[] examples = new int[size];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < size; i++) {
      labels[i] = random.nextInt(classes);
      examples[i] = 10 + i;
    }
    return new ImageBatch(shape, images, labels, examples);
  }

  private static void copy(float[] from, double[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = from[i];
    }
  }

  /**
   * A minibatch of random words.
   *
   * @param lengths words of each text
   */
  public static TokenBatch randomTexts(TokenShape shape, int classes, int... lengths) {
    Random random = new Random(17);
    int[] words = random.ints(Arrays.stream(lengths).sum(), 1, shape.vocabulary()).toArray();
    int[] labels = random.ints(lengths.length, 0, classes).toArray();
    int[] examples = IntStream.range(10, 10 + lengths.length).toArray();
    return new TokenBatch(shape, words, lengths, labels, examples);
  }

  public Pass pass() {
    return plan.pass();
  }

  /** Fills the pass's gradients at its weights. */
  public void differentiate() {
    plan.forward(true);
    plan.backward(true);
  }

  /** Fills the pass's gradients of the evaluation loss. */
  public void differentiateEvaluation() {
    plan.forwardInEvaluation();
    plan.backward(false);
  }

  /** Of a training forward, the auxiliary head's included. */
  public double loss() {
    plan.forward(true);
    return heads.main().weightedLoss()
        + (heads.auxiliary() == null ? 0 : heads.auxiliary().weightedLoss());
  }

  /** Of the main head, in the last forward pass. */
  public BatchScore score() {
    return heads.main().score();
  }

  /** Takes running statistics, and evaluates with them. */
  public BatchScore evaluate(float[] statistics) {
    copy(statistics, pass().runningStatistics().array());
    plan.forward(false);
    return score();
  }

  /** Of the main head, in evaluation mode. */
  public double evaluationLoss() {
    plan.forward(false);
    return heads.main().weightedLoss();
  }

  /** Undoes the correction of the running variances, which is for samples of {@code columns}. */
  public void makeVariancesBiased(int columns) {
    double[] statistics = plan.pass().runningStatistics().array();
    for (StatisticsSlot slot : plan.statisticsSlots()) {
      for (int i = slot.variances(); i < slot.variances() + slot.channels(); i++) {
        statistics[i] *= (columns - 1.0) / columns;
      }
    }
  }

  @Override
  public void close() {
    plan.close();
  }
}
