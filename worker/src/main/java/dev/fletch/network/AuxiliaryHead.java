package dev.fletch.network;

import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Head;
import java.util.List;

/**
 * The classifier on an inner cell (quark0/darts, {@code model.py}, AuxiliaryHeadCIFAR): ReLU,
 * average pool to 2x2, conv 1x1 to 128 channels, batch norm, ReLU, conv 2x2 to 768, batch norm,
 * ReLU, linear. Its loss counts {@code auxiliaryWeight} times, in training only.
 */
final class AuxiliaryHead {
  /** What its weights' names start with. */
  static final String NAME = "auxiliary_head";

  private static final int MIDDLE = 128;
  private static final int LAST = 768;

  private final Blocks blocks;
  private final int classes;
  private final double lossWeight;

  AuxiliaryHead(Blocks blocks, int classes, double lossWeight) {
    this.blocks = blocks;
    this.classes = classes;
    this.lossWeight = lossWeight;
  }

  Head on(Slot cell) {
    Slot pooled = blocks.plan().slot(cell.channels(), cell.batch(), 2, 2);
    blocks.plan().add(new QuadrantPool(cell, pooled), List.of(cell), List.of(pooled));
    Slot middle = blocks.plan().slot(MIDDLE, cell.batch(), 2, 2);
    blocks.pointwiseNorm(
        NAME + ".features.2.weight",
        NAME + ".features.3",
        blocks.gather(pooled, 1, 0, false),
        middle);
    Slot last = blocks.plan().slot(LAST, cell.batch(), 1, 1);
    blocks.pointwiseNorm(
        NAME + ".features.5.weight",
        NAME + ".features.6",
        blocks.gather(middle.split(4), 1, 0, true),
        last);
    Slot rectified = blocks.rectified(last);
    return blocks.head(NAME + ".classifier", rectified, classes, lossWeight);
  }
}
