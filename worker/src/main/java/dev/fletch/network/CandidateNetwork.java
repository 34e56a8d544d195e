package dev.fletch.network;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.Gene;
import dev.fletch.data.Batch;
import dev.fletch.data.Input;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.CellInputs;
import dev.fletch.nn.DropoutDraws;
import dev.fletch.nn.Head;
import dev.fletch.nn.InputStem;
import dev.fletch.nn.PlannedNetwork;
import dev.fletch.nn.StridedConvolution;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.task.Task;
import java.util.List;

/**
 * The network of one genotype, trained from scratch (DARTS paper, section 3; quark0/darts, {@code
 * model.py}): affine batch norm, pools without batch norm, drop path that grows over the epochs,
 * auxiliary head on the output of the last reduction cell. The stem for large images is that of
 * NetworkImageNet there.
 *
 * <p>Isolated nodes are left out, with all that reads them: cells are concatenations of their other
 * nodes, so that what follows reads fewer channels (Chu et al., 2020; xiaomi-automl/FairDARTS,
 * {@code model.py}, DCOCell).
 *
 * <p>Where all cells are of one kind, max pools between them stand in the place of reduction cells.
 */
final class CandidateNetwork extends PlannedNetwork implements ArchitectureNetwork {
  private final CellPair genotype;
  private final CandidateSettings settings;
  private final Task task;
  private final DropPath dropPath;
  private final DropoutDraws draws = new DropoutDraws();

  /**
   * @param batch largest minibatch it will see
   * @param threads for the engine's own kernels
   * @throws IllegalArgumentException if all nodes of a cell are isolated, an operation cannot have
   *     the network's channels, or texts are to have what is for images
   */
  CandidateNetwork(
      CellPair genotype,
      CandidateSettings settings,
      Input input,
      Task task,
      int batch,
      int threads) {
    super(input, batch, threads, 0);
    this.genotype = buildable(genotype);
    this.settings = settings;
    this.dropPath = new DropPath(settings.dropPath());
    this.task = task;
    for (CellGenotype cell : this.genotype.cells()) {
      for (Gene gene : cell.nodes().stream().flatMap(List::stream).toList()) {
        OperationBlock.requireFits(gene.operation(), settings.initChannels());
      }
    }
    if (input instanceof TokenShape) {
      requirePlain("for texts", settings);
    } else if (genotype.isOfOneKind()) {
      requirePlain("of one kind of cell", settings);
    }
  }

  private static void requirePlain(String which, CandidateSettings settings) {
    if (settings.auxiliaryWeight() > 0 || settings.stem() != Stem.CIFAR) {
      throw new IllegalArgumentException(
          ("A network %s has neither an auxiliary head nor the stem for large images: set"
                  + " auxiliary-weight to 0, got %s, and stem to cifar, got %s")
              .formatted(which, settings.auxiliaryWeight(), settings.stem()));
    }
  }

  private static CellPair buildable(CellPair genotype) {
    CellPair connected = genotype.connected();
    if (connected.normal().isEmpty() || connected.reduction().isEmpty()) {
      throw new IllegalArgumentException(
          ("Cannot build the network of %s: nothing enters any node of its %s cell; derive with a"
                  + " lower threshold, or search longer")
              .formatted(genotype, connected.normal().isEmpty() ? "normal" : "reduction"));
    }
    return connected;
  }

  @Override
  public long publishedSize() {
    try (CandidateNetwork network = withoutAuxiliaryHead()) {
      return network.plannedWeights();
    }
  }

  @Override
  public long publishedMultiplyAdds() {
    try (CandidateNetwork network = withoutAuxiliaryHead()) {
      return network.multiplyAdds();
    }
  }

  private CandidateNetwork withoutAuxiliaryHead() {
    return new CandidateNetwork(genotype, settings.withoutAuxiliaryHead(), input(), task, 1, 1);
  }

  @Override
  protected Heads layOut(PlanBuilder plan, Slot examples) {
    Blocks blocks = new Blocks(plan, true);
    CellInputs inputs =
        switch (settings.stem()) {
          case CIFAR ->
              CellInputs.after(
                  InputStem.of(
                      blocks,
                      input(),
                      examples,
                      settings.stemChannels(),
                      settings.embedding(),
                      draws),
                  blocks,
                  stack().layers());
          case IMAGENET -> afterLargeStem(blocks, examples);
        };
    Head auxiliary = null;
    Slot output = null;
    dropPath.forget();
    CellStack stack = stack();
    for (int layer = 0; layer < stack.depth(); layer++) {
      CandidateCell cell =
          new CandidateCell(
              blocks,
              genotype.cells().get(stack.layer(layer).kind()),
              "cells." + layer,
              inputs.first(layer),
              inputs.second(layer),
              stack.layer(layer),
              dropPath);
      output = cell.output();
      inputs.add(layer, output);
      if (layer == stack.lastReduction() && settings.auxiliaryWeight() > 0) {
        auxiliary = new AuxiliaryHead(blocks, settings, task).on(output);
      }
    }
    Slot features = ClassifierDropout.of(plan, output, settings.dropout(), draws);
    Head head = task.head(blocks, "classifier", features, 1, settings.labelSmoothing());
    return new Heads(head, auxiliary);
  }

  private CellStack stack() {
    return settings.stack(genotype.kinds());
  }

  private CellInputs afterLargeStem(Blocks blocks, Slot images) {
    int channels = settings.initChannels();
    StridedConvolution convolution = new StridedConvolution(blocks);
    Slot half = convolution.ofImages("stem0.0.weight", "stem0.1", images, channels / 2);
    Slot quarter = convolution.of("stem0.3.weight", "stem0.4", half, channels);
    Slot eighth = convolution.of("stem1.1.weight", "stem1.2", quarter, channels);
    return CellInputs.after(quarter, eighth, blocks, stack().layers());
  }

  @Override
  protected void prepare(Batch next, long seed, StepId at) {
    double probability = settings.dropPath() * at.epoch() / settings.epochs();
    dropPath.draw(next.examples(), seed, at.draw(), probability);
    draws.draw(next.examples(), seed, at);
  }
}
