package dev.fletch.supernet;

import dev.fletch.architecture.CellStack;
import dev.fletch.data.Batch;
import dev.fletch.data.Input;
import dev.fletch.data.StepId;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.CellInputs;
import dev.fletch.nn.DropoutDraws;
import dev.fletch.nn.InputStem;
import dev.fletch.nn.PlannedNetwork;
import dev.fletch.task.Task;
import java.util.List;

/**
 * The DARTS supernet for images and texts (Liu et al., 2019; quark0/darts, {@code
 * model_search.py}): stem, cells whose edges mix all candidate operations, the task's head. Takes
 * mixing weights, not alpha: how alpha becomes mixing weights is a {@link Relaxation}'s business.
 */
public final class Supernet extends PlannedNetwork implements SupernetNetwork {
  private final SupernetSettings settings;
  private final EdgeSettings edges;
  private final Task task;
  private final SkipDraws draws;
  private final DropoutDraws embeddingDraws = new DropoutDraws();

  /** A supernet whose edges are those of DARTS. */
  public Supernet(SupernetSettings settings, Input input, Task task, int batch, int threads) {
    this(settings, EdgeSettings.PLAIN, input, task, batch, threads);
  }

  /**
   * @param batch largest minibatch it will see
   * @param threads for the engine's own kernels
   */
  public Supernet(
      SupernetSettings settings,
      EdgeSettings edges,
      Input input,
      Task task,
      int batch,
      int threads) {
    super(
        input,
        batch,
        threads,
        settings.topology().rows() * (settings.operations().size() + edges.extraColumns()));
    this.settings = settings;
    this.edges = edges;
    this.task = task;
    this.draws = new SkipDraws(edges.skipDropout());
    edges.checkFor(settings);
  }

  @Override
  protected void prepare(Batch next, long seed, StepId at) {
    draws.draw(next.examples(), seed, at);
    embeddingDraws.draw(next.examples(), seed, at);
  }

  @Override
  protected Heads layOut(PlanBuilder plan, Slot examples) {
    if (edges.sampled()) {
      plan.sampled();
    }
    Blocks blocks = new Blocks(plan, false);
    Slot stem =
        InputStem.of(
            blocks,
            input(),
            examples,
            settings.stemChannels(),
            settings.embedding(),
            embeddingDraws);
    List<CellStack.Layer> layers = settings.stack().layers();
    CellInputs inputs = CellInputs.after(stem, blocks, layers);
    Slot output = stem;
    for (int layer = 0; layer < layers.size(); layer++) {
      Cell.Place place = new Cell.Place(layer, layers.get(layer));
      output =
          new Cell(blocks, settings, edges, draws, place, inputs.first(layer), inputs.second(layer))
              .output();
      inputs.add(layer, output);
    }
    return new Heads(task.head(blocks, "classifier", output, 1, 0), null);
  }
}
