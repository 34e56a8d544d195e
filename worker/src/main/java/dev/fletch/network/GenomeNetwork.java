package dev.fletch.network;

import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Phenotype;
import dev.fletch.data.Batch;
import dev.fletch.data.Input;
import dev.fletch.data.StepId;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Centred;
import dev.fletch.nn.DropoutDraws;
import dev.fletch.nn.HalvingPool;
import dev.fletch.nn.InputStem;
import dev.fletch.nn.PlannedNetwork;
import dev.fletch.task.Task;

/**
 * The network of one genome, trained from scratch: the stem for small images or for texts, copies
 * of the structure one after the other, and the task's head. Where the settings say so, a max pool
 * of 2 positions a side after a copy halves the size, and a 1x1 convolution with batch norm doubles
 * the channels.
 *
 * <p>Weights of the operation at port I of node 3 in the first copy have names that start with
 * {@code copies.0.nodes.3.I}: those of nodes that a child shares with a parent are called the same.
 */
final class GenomeNetwork extends PlannedNetwork implements ArchitectureNetwork {
  private final Phenotype phenotype;
  private final CandidateSettings settings;
  private final Task task;
  private final DropPath dropPath;
  private final DropoutDraws draws = new DropoutDraws();

  /**
   * @param batch largest minibatch it will see
   * @param threads for the engine's own kernels
   * @throws IllegalArgumentException if nothing leads from input to output, an operation is not
   *     known with its activation or cannot have the network's channels, or the settings ask for
   *     what these networks do not have
   */
  GenomeNetwork(
      Genome genome, CandidateSettings settings, Input input, Task task, int batch, int threads) {
    super(input, batch, threads, 0);
    this.phenotype = genome.phenotype();
    this.settings = settings;
    this.dropPath = new DropPath(settings.dropPath());
    this.task = task;
    if (phenotype.isEmpty()) {
      throw new IllegalArgumentException(
          ("Cannot build the network of %s: nothing leads from the input to the output; enable a"
                  + " connection")
              .formatted(genome));
    }
    if (settings.auxiliaryWeight() > 0 || settings.stem() != Stem.CIFAR) {
      throw new IllegalArgumentException(
          ("The network of a genome has neither an auxiliary head nor the stem for large images:"
                  + " set auxiliary-weight to 0, got %s, and stem to cifar, got %s")
              .formatted(settings.auxiliaryWeight(), settings.stem()));
    }
    GenomeCopy.requireComputable(phenotype, settings.initChannels());
  }

  @Override
  public long publishedSize() {
    return plannedWeights();
  }

  @Override
  public long publishedMultiplyAdds() {
    return multiplyAdds();
  }

  @Override
  protected Heads layOut(PlanBuilder plan, Slot examples) {
    Blocks blocks = new Blocks(plan, true);
    dropPath.forget();
    Slot at =
        InputStem.of(
            blocks, input(), examples, settings.initChannels(), settings.embedding(), draws);
    for (int copy = 0; copy < settings.layers(); copy++) {
      if (settings.reduceAfter().contains(copy)) {
        at = reduced(blocks, "reductions." + copy, at);
      }
      at = new GenomeCopy(blocks, phenotype, "copies." + copy, at, dropPath).output();
    }
    Slot features = ClassifierDropout.of(plan, at, settings.dropout(), draws);
    return new Heads(task.head(blocks, "classifier", features, 1, settings.labelSmoothing()), null);
  }

  private static Slot reduced(Blocks blocks, String name, Slot input) {
    Slot halved = HalvingPool.of(blocks.plan(), input);
    Slot output = blocks.plan().slot(2 * halved.channels(), halved.extent());
    blocks.pointwiseNorm(name + ".0.weight", name + ".1", new Centred(halved, null), output);
    return output;
  }

  @Override
  protected void prepare(Batch next, long seed, StepId at) {
    double probability = settings.dropPath() * at.epoch() / settings.epochs();
    dropPath.draw(next.examples(), seed, at.draw(), probability);
    draws.draw(next.examples(), seed, at);
  }
}
