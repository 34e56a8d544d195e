package dev.fletch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.data.Resampling.Window;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Expected values: PyTorch 2.13, interpolate(mode="bilinear", antialias=True). */
class ResamplingTest {
  /** 5x7 of (37 i i + 11 i) mod 256. */
  private static final byte[] PIXELS = pixels();

  private static final double[] SMALLER = {
    66.7891, 119.0971, 167.8171, 167.6327, 152.254, 126.8889, 164.6756, 191.2381, 173.415, 114.2857,
    111.3943, 165.6327
  };

  private static final double[] LARGER_BEGINS = {
    0, 32, 102.2222, 156.6667, 110, 120.8889, 172.8889, 180.6667, 118, 42.875, 76.625, 99.1111
  };

  private static byte[] pixels() {
    byte[] pixels = new byte[35];
    for (int i = 0; i < 35; i++) {
      pixels[i] = (byte) ((37 * i * i + 11 * i) % 256);
    }
    return pixels;
  }

  @Test
  void shrinksAndGrowsAsPyTorchDoes() {
    Window whole = Window.whole(0, 5, 7);
    float[] smaller = new float[12];
    Resampling.resize(PIXELS, whole, 3, 4, smaller, 0);
    assertClose(smaller, SMALLER);
    float[] larger = new float[72];
    Resampling.resize(PIXELS, whole, 8, 9, larger, 0);
    assertClose(Arrays.copyOf(larger, 12), LARGER_BEGINS);
  }

  @Test
  void aWindowIsAnImageOfItsOwn() {
    float[] same = new float[6];
    Resampling.resize(PIXELS, new Window(0, 7, 1, 2, 2, 3), 2, 3, same, 0);

    for (int i = 0; i < 6; i++) {
      int at = (1 + i / 3) * 7 + 2 + i % 3;
      assertThat(same[i]).isEqualTo(Byte.toUnsignedInt(PIXELS[at]));
    }
  }

  /** Of the 3x4 image above, the middle three columns, rounded. */
  @Test
  void squaresAreTheMiddleOfTheResizedImage() {
    byte[] twoChannels = Arrays.copyOf(PIXELS, 70);
    System.arraycopy(PIXELS, 0, twoChannels, 35, 35);
    byte[] out = new byte[18];
    Resampling.square(twoChannels, 0, new ImageShape(2, 5, 7), 3, out, 0);

    for (int i = 0; i < 18; i++) {
      long expected = Math.round(SMALLER[i % 9 / 3 * 4 + i % 3]);
      assertThat(Byte.toUnsignedInt(out[i])).isEqualTo((int) expected);
    }
  }

  @Test
  void windowsHaveAreasAndRatiosAsAskedFor() {
    ResizedCrop crop = new ResizedCrop(0.08, new ImageShape(3, 60, 80), new ImageShape(3, 32, 32));
    double smallest = 1;
    double largest = 0;
    Set<Window> seen = new HashSet<>();
    for (int example = 0; example < 2000; example++) {
      Window window = crop.draw(SeededRandom.of(SeededRandom.Purpose.CROP, 1, 0, example));
      double area = window.height() * window.width() / 4800.0;
      // rounding to whole pixels moves a side of 18 by a half
      assertThat((double) window.width() / window.height()).isBetween(0.7, 1.43);
      assertThat(window.top()).isBetween(0, 60 - window.height());
      assertThat(window.left()).isBetween(0, 80 - window.width());
      smallest = Math.min(smallest, area);
      largest = Math.max(largest, area);
      seen.add(window);
    }
    assertThat(smallest).isBetween(0.075, 0.09);
    assertThat(largest).isBetween(0.9, 1.0);
    assertThat(seen).hasSizeGreaterThan(1900);
  }

  @Test
  void anImageThatHoldsNoSuchWindowShowsItsMiddle() {
    ResizedCrop crop = new ResizedCrop(1, new ImageShape(1, 10, 100), new ImageShape(1, 5, 5));

    assertThat(crop.draw(SeededRandom.of(SeededRandom.Purpose.CROP, 1, 0, 0)))
        .isEqualTo(new Window(0, 100, 0, 43, 10, 13));
  }

  private static void assertClose(float[] values, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) values[i]).as("value %d", i).isCloseTo(expected[i], within(2e-4));
    }
  }
}
