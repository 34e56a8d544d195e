package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleFiles.noAugmentation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundledDataTest {
  private static final DataSettings SETTINGS =
      new DataSettings(new IdxFormat(), "bundled:fashion-mnist", List.of(), List.of(), 0, 0, 0.5);

  @Test
  void holdsTheFirstExamplesOfFashionMnist() {
    ImageExamples examples = ImageExamples.open(SETTINGS, noAugmentation(), 1, HADOOP);

    assertThat(ImageExamples.header(SETTINGS, HADOOP))
        .isEqualTo(
            new DataHeader(
                new ImageShape(1, 28, 28),
                List.of(
                    "T-shirt/top",
                    "Trouser",
                    "Pullover",
                    "Dress",
                    "Coat",
                    "Sandal",
                    "Shirt",
                    "Sneaker",
                    "Bag",
                    "Ankle boot"),
                6000,
                3000,
                3000,
                1000,
                List.of()));
    assertThat(examples.checksum())
        .isEqualTo("6aeee7ebfd82cd3b25aeaed71928e9d98725f8f18f2c82bbad15f246dd299243");
    assertThat(examples.evaluation(Portion.TRAIN, 0, 8).targets())
        .containsExactly(9, 0, 0, 3, 0, 2, 7, 2);
    assertThat(examples.evaluation(Portion.TEST, 0, 8).targets())
        .containsExactly(9, 2, 1, 1, 6, 1, 4, 6);
    assertThat(examples.normalisation().mean().get(0)).isCloseTo(0.2856728, within(1e-6));
    assertThat(examples.normalisation().std().get(0)).isCloseTo(0.3536861, within(1e-6));
  }

  @Test
  void everyClassHasItsShare() {
    ImageExamples examples = ImageExamples.open(SETTINGS, noAugmentation(), 1, HADOOP);

    assertThat(examples.classSizes(Portion.TRAIN))
        .containsExactly(560, 643, 608, 612, 584, 594, 590, 617, 590, 602);
    assertThat(examples.classSizes(Portion.TEST))
        .containsExactly(107, 105, 111, 93, 115, 87, 97, 95, 95, 95);
  }

  @Test
  void carriesItsLicence() throws IOException {
    try (InputStream licence = ImageExamples.class.getResourceAsStream("fashion-mnist/LICENSE")) {
      assertThat(new String(licence.readAllBytes(), StandardCharsets.UTF_8))
          .contains("The MIT License", "Copyright (c) 2017 Zalando SE, https://tech.zalando.com");
    }
  }

  @Test
  void isIdxOnly() {
    DataSettings cifar =
        new DataSettings(new Cifar10Format(), SETTINGS.path(), List.of(), List.of(), 0, 0, 0.5);

    assertThatThrownBy(() -> ImageExamples.header(cifar, HADOOP))
        .hasMessage(
            "Cannot find data_batch_1.bin (or data_batch_1.bin.gz) in bundled:fashion-mnist:"
                + " put it there, or list the files in data.train");
  }
}
