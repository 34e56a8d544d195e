package dev.fletch.network;

import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Centred;
import dev.fletch.nn.Head;
import dev.fletch.task.Task;
import java.util.List;

/**
 * The task's head on an inner cell (quark0/darts, {@code model.py}, AuxiliaryHeadCIFAR): ReLU,
 * average pool to 2x2, conv 1x1 to 128 channels, batch norm, ReLU, conv 2x2 to 768, batch norm,
 * ReLU, linear. For large images (AuxiliaryHeadImageNet) the second batch norm is missing, as in
 * the paper's experiments. Its loss counts {@code auxiliaryWeight} times, in training only.
 */
final class AuxiliaryHead {
  /** What its weights' names start with. */
  static final String NAME = "auxiliary_head";

  private static final int MIDDLE = 128;
  private static final int LAST = 768;

  private final Blocks blocks;
  private final CandidateSettings settings;
  private final Task task;

  AuxiliaryHead(Blocks blocks, CandidateSettings settings, Task task) {
    this.blocks = blocks;
    this.settings = settings;
    this.task = task;
  }

  Head on(Slot cell) {
    Slot pooled = blocks.plan().slot(cell.channels(), cell.batch(), 2, 2);
    blocks
        .plan()
        .add(
            new QuadrantPool(blocks.plan().kernels(), cell, pooled),
            List.of(cell),
            List.of(pooled));
    Slot middle = blocks.plan().slot(MIDDLE, cell.batch(), 2, 2);
    blocks.pointwiseNorm(
        NAME + ".features.2.weight",
        NAME + ".features.3",
        blocks.gather(pooled, 1, 0, false),
        middle);
    Slot last = blocks.plan().slot(LAST, cell.batch(), 1, 1);
    String weight = NAME + ".features.5.weight";
    if (settings.stem() == Stem.IMAGENET) {
      blocks.pointwise(weight, blocks.rectified(middle.split()), last);
    } else {
      Centred four = blocks.gather(middle.split(), 1, 0, true);
      blocks.pointwiseNorm(weight, NAME + ".features.6", four, last);
    }
    return task.head(
        blocks,
        NAME + ".classifier",
        blocks.rectified(last),
        settings.auxiliaryWeight(),
        settings.labelSmoothing());
  }
}
