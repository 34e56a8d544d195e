package dev.fletch.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Per channel: value = (pixel / 255 - mean) / std.
 *
 * @param mean {@code [C]}, of pixels scaled to 0..1
 * @param std {@code [C]}, of pixels scaled to 0..1
 */
public record Normalisation(List<Double> mean, List<Double> std) {
  private static final int VALUES = 256;

  public Normalisation {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** Leaves values from 0 to 1 as they are. */
  static Normalisation none(int channels) {
    return new Normalisation(
        Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
  }

  /**
   * Mean and standard deviation of all pixels of each channel, from exact integer sums.
   *
   * @throws DataException if all pixels of a channel are alike
   */
  public static Normalisation measured(ImageSet images) {
    List<Double> mean = new ArrayList<>();
    List<Double> std = new ArrayList<>();
    for (int channel = 0; channel < images.shape().channels(); channel++) {
      double count = 0;
      double sum = 0;
      double squares = 0;
      long[] histogram = histogram(images, channel);
      for (int value = 0; value < VALUES; value++) {
        count += histogram[value];
        sum += (double) histogram[value] * value;
        squares += (double) histogram[value] * value * value;
      }
      double variance = squares / count - (sum / count) * (sum / count);
      if (variance <= 0) {
        throw new DataException(
            "Cannot normalise the training images: every pixel of channel %d is %.0f"
                .formatted(channel, sum / count));
      }
      mean.add(sum / count / (VALUES - 1));
      std.add(Math.sqrt(variance) / (VALUES - 1));
    }
    return new Normalisation(mean, std);
  }

  private static long[] histogram(ImageSet images, int channel) {
    int plane = images.shape().height() * images.shape().width();
    byte[] pixels = images.pixels();
    long[] histogram = new long[VALUES];
    for (int example = 0; example < images.size(); example++) {
      int start = example * images.shape().values() + channel * plane;
      for (int i = start; i < start + plane; i++) {
        histogram[Byte.toUnsignedInt(pixels[i])]++;
      }
    }
    return histogram;
  }

  /** Of values 0 to 1 {@code [C, H, W]} from {@code from} on, in place. */
  void apply(float[] values, int from, ImageShape shape) {
    int plane = shape.height() * shape.width();
    for (int i = 0; i < shape.values(); i++) {
      int channel = i / plane;
      values[from + i] = (float) ((values[from + i] - mean.get(channel)) / std.get(channel));
    }
  }

  /** The normalised value of every pixel value: {@code [C][256]}. */
  float[][] table() {
    float[][] table = new float[mean.size()][VALUES];
    for (int channel = 0; channel < table.length; channel++) {
      for (int value = 0; value < VALUES; value++) {
        double scaled = value / (VALUES - 1.0);
        table[channel][value] = (float) ((scaled - mean.get(channel)) / std.get(channel));
      }
    }
    return table;
  }
}
