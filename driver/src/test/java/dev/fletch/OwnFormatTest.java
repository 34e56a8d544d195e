package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.TinyRun.Outcome;
import dev.fletch.toy.ToyFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A format takes its file and a line in {@code META-INF/services/dev.fletch.data.DataFormat}:
 * {@link ToyFormat} has no more, and all of it lies among the tests.
 */
class OwnFormatTest {
  @TempDir Path folder;

  private Path data;
  private Path conf;

  @BeforeEach
  void writeData() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    Files.write(data.resolve(ToyFormat.TRAIN), toys(24));
    Files.write(data.resolve(ToyFormat.TEST), toys(10));
    conf =
        TinyRun.conf(
            folder,
            folder.resolve("run"),
            "data { format = toy, path = \"%s\", train-limit = 0, test-limit = 0 }".formatted(data)
                + ", search { epochs = 1, batch = 4 }"
                + ", retrain { candidates = [last], epochs = 1, batch = 8 }");
  }

  /** Ants are dark on the left and bees on the right. */
  private static byte[] toys(int count) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int toy = 0; toy < count; toy++) {
      bytes.write(toy % 2);
      for (int i = 0; i < ToyFormat.PIXELS; i++) {
        boolean dark = (i % 12 < 6) == (toy % 2 == 0);
        bytes.write((dark ? 20 : 200) + (7 * toy + i) % 40);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void itIsCheckedAndCounted() {
    Outcome validated = TinyRun.fletch("validate", conf);

    assertThat(validated.exitCode()).as(validated.err()).isZero();
    assertThat(validated.out())
        .contains("1x12x12", "24 training (12 for w, 12 for alpha) and 10 test");
  }

  @Test
  void whatIsWrongWithItIsSaid() throws IOException {
    Files.write(data.resolve(ToyFormat.TRAIN), new byte[150]);
    assertThat(TinyRun.fletch("validate", conf).err())
        .contains("Truncated file ", "train.toy: it has 150 bytes, 1 toys and 5 over");

    Files.delete(data.resolve(ToyFormat.TRAIN));
    assertThat(TinyRun.fletch("validate", conf).err())
        .contains("Cannot find train.toy (or train.toy.gz) in ");

    assertThat(TinyRun.fletch("validate", conf, "--set=data.format=toyy").err())
        .contains(
            "data.format must be one of idx, cifar10, cifar100, folder, sst2, imdb, text, words, toy, got"
                + " \"toyy\"; did you mean toy?");
  }

  @Test
  void aRunOnItKnowsItsClasses() throws IOException {
    RunFiles run = new RunFiles(folder.resolve("run"));

    Outcome outcome = TinyRun.fletch("run", conf);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(run.text("config.conf")).contains("format = \"toy\"");
    JsonNode manifest = run.json("manifest.json").get("data");
    assertThat(manifest.get("classes").toString()).isEqualTo("[\"ant\",\"bee\"]");
    assertThat(manifest.get("trainExamples").toString()).isEqualTo("[12,12]");
    assertThat(manifest.get("testExamples").toString()).isEqualTo("[5,5]");
    assertThat(run.json("retrain/last/seed-0/result.json").get("classes").toString())
        .isEqualTo("[\"ant\",\"bee\"]");
  }
}
