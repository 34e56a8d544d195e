package dev.fletch.data;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * Random changes to training images, in this order: crop, flip, normalise, cutout (DARTS, {@code
 * utils.py}).
 *
 * @param cropPadding zero padding on each side before a random crop of the original size; 0
 *     switches cropping off
 * @param flip whether to mirror left and right with probability 1/2
 * @param cutout side of the square set to 0 after normalisation, its centre uniform in the image; 0
 *     switches it off
 */
public record AugmentationSettings(int cropPadding, boolean flip, int cutout)
    implements Serializable {
  public AugmentationSettings {
    new Checks().atLeast("crop-padding", cropPadding, 0).atLeast("cutout", cutout, 0).orThrow();
  }
}
