package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run whose candidates are trained as on ImageNet. */
class LargeImageRunTest {
  @TempDir Path folder;

  @Test
  void trainsCandidatesAsOnImageNet() throws IOException {
    Path output = folder.resolve("run");
    Path conf =
        TinyRun.conf(
            folder,
            output,
            """
            data { resize = 20, image-side = 16, train-limit = 32, test-limit = 16 }
            space.operations = [skip_connect, sep_conv_3x3]
            search { epochs = 1, replicas = 1 }
            retrain {
              candidates = [last], epochs = 1, stem = imagenet, label-smoothing = 0.1
              augmentation {
                crop-padding = 0, resized-crop = 0.3, brightness = 0.4, contrast = 0.4, cutout = 0
              }
            }
            """);
    TinyRun.Outcome validated = TinyRun.fletch("validate", conf);
    assertThat(validated.out()).contains("16 test examples of 1x16x16, 10 classes");

    TinyRun.Outcome run = TinyRun.fletch("run", conf);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(output.resolve("_SUCCESS")).exists();
    assertThat(Files.readString(output.resolve("config.conf")))
        .contains("stem = \"imagenet\"", "resized-crop = 0.3", "label-smoothing = 0.1");
    assertThat(Files.readString(output.resolve("report/report.json"))).contains("\"testAccuracy\"");
  }
}
