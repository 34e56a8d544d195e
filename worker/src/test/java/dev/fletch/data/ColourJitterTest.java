package dev.fletch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColourJitterTest {
  /** Four pixels in a row, channels first: pink, green, blue, grey. */
  private static final float[] PIXELS = {
    .9f, .1f, .25f, .3f, .2f, .8f, .5f, .3f, .4f, .3f, .95f, .3f
  };

  private static final ColourJitter JITTER = jitter(new ColourSettings(.4, .4, .4, .2));

  private static ColourJitter jitter(ColourSettings settings) {
    return new ColourJitter(settings, new ImageShape(3, 1, 4));
  }

  /** Expected values: Python's colorsys. */
  @Test
  void huesTurnOnTheColourCircle() {
    float[] image = PIXELS.clone();
    JITTER.turnHue(image, 0, 0.2f);
    assertClose(image, .9, .1, .84, .3, .84, .46, .25, .3, .2, .8, .95, .3);
    float[] back = PIXELS.clone();
    JITTER.turnHue(back, 0, -0.35f);
    assertClose(back, .2, .8, .57, .3, .47, .23, .95, .3, .9, .1, .25, .3);
  }

  @Test
  void brightnessIsAFactorThatKeepsWithinTheRange() {
    float[] image = PIXELS.clone();
    JITTER.brighten(image, 0, 1.4f);

    assertClose(image, 1, .14, .35, .42, .28, 1, .7, .42, .56, .42, 1, .42);
  }

  /** Greys of the pixels: 0.43201, 0.53369, 0.476525, 0.29997; their mean 0.435549. */
  @Test
  void contrastMovesAwayFromTheMeanAndSaturationFromTheGrey() {
    float[] contrast = PIXELS.clone();
    JITTER.contrast(contrast, 0, 0.5f);
    assertClose(
        contrast, .667774, .267774, .342774, .367774, .317774, .617774, .467774, .367774, .417774,
        .367774, .692774, .367774);
    float[] grey = PIXELS.clone();
    JITTER.saturate(grey, 0, 0);
    for (int i = 0; i < 12; i++) {
      double[] greys = {.43201, .53369, .476525, .29997};
      assertThat((double) grey[i]).isCloseTo(greys[i % 4], within(1e-5));
    }
  }

  @Test
  void amountsAndOrderAreRandomWithinTheirRanges() {
    Set<String> seen = new HashSet<>();
    double least = 2;
    double most = 0;
    for (int example = 0; example < 300; example++) {
      float[] image = PIXELS.clone();
      SeededRandom random = SeededRandom.of(SeededRandom.Purpose.COLOURS, 1, 2, example);
      jitter(new ColourSettings(.4, 0, 0, 0)).change(random, image, 0);
      least = Math.min(least, image[3] / .3);
      most = Math.max(most, image[3] / .3);
      JITTER.change(random, image, 0);
      seen.add(Arrays.toString(image));
    }
    assertThat(least).isBetween(0.6, 0.62);
    assertThat(most).isBetween(1.38, 1.4001);
    assertThat(seen).hasSize(300);
  }

  private static void assertClose(float[] values, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) values[i]).as("value %d", i).isCloseTo(expected[i], within(1e-5));
    }
  }
}
