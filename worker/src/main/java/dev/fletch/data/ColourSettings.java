package dev.fletch.data;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * How far the colours of training images change: DARTS' ImageNet training has 0.4, 0.4, 0.4 and 0.2
 * (quark0/darts, {@code train_imagenet.py}; torchvision's ColorJitter).
 *
 * @param brightness factor in {@code [1 - brightness, 1 + brightness]}, not below 0; 0 for none
 * @param contrast the same for the distance from the image's mean grey
 * @param saturation the same for the distance from each pixel's grey
 * @param hue largest turn of the hue, in parts of the colour circle
 */
public record ColourSettings(double brightness, double contrast, double saturation, double hue)
    implements Serializable {
  /** Colours as they are. */
  public static final ColourSettings NONE = new ColourSettings(0, 0, 0, 0);

  public ColourSettings {
    new Checks()
        .atLeast("brightness", brightness, 0)
        .atLeast("contrast", contrast, 0)
        .atLeast("saturation", saturation, 0)
        .between("hue", hue, 0, 0.5)
        .orThrow();
  }

  boolean needsColour() {
    return saturation > 0 || hue > 0;
  }
}
