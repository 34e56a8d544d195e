package dev.fletch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.contract.Contracts;
import dev.fletch.data.text.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnownFormatsTest {
  private static final TextSettings TEXTS =
      new TextSettings("review", "stars", Tokenizer.SPACES, 9, 3, 100, "vectors.txt");

  /** A format of some other library. */
  private record Named(String text) implements ImageFormat {
    @Override
    public DataFiles locate(DataSettings settings, Configuration hadoop) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ImageReader reader(DataSettings settings) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class NoRecord implements ImageFormat {
    @Override
    public String text() {
      return "loose";
    }

    @Override
    public DataFiles locate(DataSettings settings, Configuration hadoop) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ImageReader reader(DataSettings settings) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void everyFormatThereIsCanBeNamed() throws Exception {
    assertThat(DataFormat.known())
        .extracting(DataFormat::text)
        .containsExactly("idx", "cifar10", "cifar100", "folder", "sst2", "imdb", "text", "words");
    assertThat(DataFormat.known())
        .extracting(format -> format.getClass().getName())
        .containsExactlyInAnyOrderElementsOf(Contracts.implementations(DataFormat.class));
  }

  @Test
  void twoFormatsOfOneNameAreRefused() {
    assertThatThrownBy(() -> KnownFormats.checked(List.of(new Named("zebra"), new Named("zebra"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Format zebra is %s and %s: a name must belong to one",
            Named.class.getName(), Named.class.getName());
  }

  @Test
  void aFormatThatWouldNotEqualItselfElsewhereIsRefused() {
    assertThatThrownBy(() -> KnownFormats.checked(List.of(new NoRecord())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Format loose is no record: make %s one, so that two of it are equal",
            NoRecord.class.getName());
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.data.DataFormat#known")
  void settingsThatTravelledAreEqual(DataFormat format) throws Exception {
    DataSettings settings =
        switch (format.getClass().getSimpleName()) {
          case "WordsFormat" ->
              new DataSettings(format, "x", List.of(), List.of(), 3, 2, SampleStreams.SETTINGS);
          case "Sst2Format", "ImdbFormat", "TableFormat" ->
              new DataSettings(format, "x", List.of(), List.of(), 3, 2, 0.5, TEXTS);
          default -> new DataSettings(format, "x", List.of(), List.of(), 3, 2, 8, 4, 0.5);
        };

    DataSettings arrived = travelled(settings);

    assertThat(arrived).isEqualTo(settings).hasSameHashCodeAs(settings);
    assertThat(arrived.format().text()).isEqualTo(format.text());
  }

  @Test
  void constantsOfAFormatDoNotDependOnTheImages() {
    ImageSet images =
        new ImageSet(new ImageShape(1, 1, 2), 2, new byte[] {0, (byte) 255}, new byte[1]);

    assertThat(new IdxFormat().normalisation(images))
        .isEqualTo(new Normalisation(List.of(0.5), List.of(0.5)));
    assertThat(new Cifar10Format().normalisation(images).mean())
        .containsExactly(0.49139968, 0.48215827, 0.44653124);
    assertThat(new Cifar100Format().normalisation(images).mean())
        .containsExactly(0.5071, 0.4865, 0.4409);
    assertThat(new FolderFormat().normalisation(images).std()).containsExactly(0.229, 0.224, 0.225);
  }

  private static DataSettings travelled(DataSettings settings)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (DataSettings) in.readObject();
    }
  }
}
