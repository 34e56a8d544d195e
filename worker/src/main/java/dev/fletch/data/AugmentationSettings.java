package dev.fletch.data;

import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Random changes to training images, in this order: crop, flip, colours, normalise, cutout (DARTS,
 * {@code utils.py} and {@code train_imagenet.py}).
 *
 * @param cropPadding zero padding on each side before a random crop of the input's size; 0 adds
 *     none
 * @param resizedCrop smallest part of the image's area that a random window covers, which is then
 *     resized to the input's size; its sides have ratios of 3/4 to 4/3. 0 crops without resizing
 * @param flip whether to mirror left and right with probability 1/2
 * @param colours how far colours change
 * @param cutout side of the square set to 0 after normalisation, its centre uniform in the image; 0
 *     switches it off
 */
public record AugmentationSettings(
    int cropPadding,
    double resizedCrop,
    boolean flip,
    @Key(inline = true) ColourSettings colours,
    int cutout)
    implements Serializable {
  /** Leaves examples as they are: all that can be done to texts and streams. */
  public static final AugmentationSettings NONE =
      new AugmentationSettings(0, 0, false, ColourSettings.NONE, 0);

  public AugmentationSettings {
    new Checks()
        .atLeast("crop-padding", cropPadding, 0)
        .between("resized-crop", resizedCrop, 0, 1)
        .require(
            "crop-padding",
            cropPadding <= 0 || !(resizedCrop > 0),
            "must be 0 beside a resized-crop, got " + cropPadding,
            "resized-crop")
        .atLeast("cutout", cutout, 0)
        .orThrow();
  }

  /** As the paper trains on CIFAR: no change of size, colours as they are. */
  public AugmentationSettings(int cropPadding, boolean flip, int cutout) {
    this(cropPadding, 0, flip, ColourSettings.NONE, cutout);
  }

  /** The keys by which images are changed: those with other values than {@link #NONE} has. */
  public List<String> changes() {
    Map<String, Boolean> changes = new LinkedHashMap<>();
    changes.put("crop-padding", cropPadding != 0);
    changes.put("resized-crop", resizedCrop != 0);
    changes.put("flip", flip);
    changes.put("brightness", colours.brightness() != 0);
    changes.put("contrast", colours.contrast() != 0);
    changes.put("saturation", colours.saturation() != 0);
    changes.put("hue", colours.hue() != 0);
    changes.put("cutout", cutout != 0);
    return changes.keySet().stream().filter(changes::get).toList();
  }

  /**
   * Whether examples of {@code input} can be changed so.
   *
   * @throws DataException if they are images without the colours that are to change, or texts
   */
  public void checkFor(Input input) {
    if (!(input instanceof ImageShape) && !changes().isEmpty()) {
      throw new DataException(
          "Cannot augment texts: leave out augmentation." + String.join(", ", changes()));
    }
    if (colours.needsColour() && input instanceof ImageShape shape && shape.channels() != 3) {
      throw new DataException(
          "Cannot change saturation and hue of images of %s, which have no colours: set both to 0"
              .formatted(shape));
    }
  }
}
