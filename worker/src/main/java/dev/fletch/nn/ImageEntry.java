package dev.fletch.nn;

import dev.fletch.data.Batch;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;

/** A slot of images, {@code [C, H, W, N]}. */
final class ImageEntry implements Entry {
  private final ImageShape shape;
  private final Slot slot;

  ImageEntry(ImageShape shape, int examples, PlanBuilder plan) {
    this.shape = shape;
    this.slot = plan.slot(shape.channels(), examples, shape.height(), shape.width());
  }

  @Override
  public Slot slot() {
    return slot;
  }

  @Override
  public void load(Batch batch) {
    slot.value().write(interleaved((ImageBatch) batch));
  }

  /** {@code [N, C, H, W]} to {@code [C, H, W, N]}. */
  private float[] interleaved(ImageBatch batch) {
    int values = shape.channels() * shape.height() * shape.width();
    float[] turned = new float[batch.images().length];
    for (int n = 0; n < batch.size(); n++) {
      for (int i = 0; i < values; i++) {
        turned[i * batch.size() + n] = batch.images()[n * values + i];
      }
    }
    return turned;
  }
}
