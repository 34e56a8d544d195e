package dev.fletch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.data.DataHeader;
import dev.fletch.data.DataSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StreamFacts;
import dev.fletch.data.StreamSettings;
import dev.fletch.data.StreamShape;
import dev.fletch.data.Windows;
import dev.fletch.data.WordsFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What estimates say of the steps of an epoch. */
class EpochStepsTest {
  private static DataSettings words(Windows search, Windows retrain) {
    StreamSettings stream =
        new StreamSettings(
            List.of(), 0, StreamSettings.KnownWords.ALL, 1, 0, 35, search, retrain, 10, 1);
    return new DataSettings(new WordsFormat(), "x", List.of(), List.of(), 0, 0, stream);
  }

  private static EpochSteps of(DataSettings settings) {
    StreamFacts facts = new StreamFacts(100, 929_589, 73_760, 82_430, 0, 0, 0, 55);
    DataHeader data =
        new DataHeader(
            new StreamShape(100, 35),
            List.of(),
            929_589,
            929_589,
            73_760,
            82_430,
            Optional.empty(),
            Optional.of(facts),
            List.of());
    return new EpochSteps(data, settings);
  }

  @Test
  void thoseOfImagesAreCounted() {
    DataHeader data = new DataHeader(new ImageShape(1, 2, 2), 2, 101, 50, 51, 9);
    EpochSteps steps =
        new EpochSteps(
            data, new DataSettings(new IdxFormat(), "x", List.of(), List.of(), 0, 0, 0.5));

    assertThat(steps.count(Portion.WEIGHTS, 50, 16, 1)).isEqualTo(4);
    assertThat(steps.text(1200)).isEqualTo("1,200 steps");
    assertThat(steps.unit()).isEqualTo("example");
  }

  /** The Penn Treebank in 256 rows of 3,631 words: 104 windows of 35. */
  @Test
  void thoseOfStreamsAreTheMeanOfSomeEpochs() {
    EpochSteps fixed = of(words(Windows.FIXED, Windows.VARIED));

    assertThat(fixed.count(Portion.WEIGHTS, 929_589, 256, 1)).isEqualTo(104);
    // 33.6 words on average
    assertThat(fixed.count(Portion.FIT, 929_589, 256, 1)).isBetween(106L, 110L);
    assertThat(of(words(Windows.HALVED, Windows.FIXED)).count(Portion.WEIGHTS, 929_589, 256, 1))
        .isBetween(105L, 109L);
    assertThat(fixed.text(104)).isEqualTo("about 104 steps");
    assertThat(fixed.unit()).isEqualTo("row");
  }
}
