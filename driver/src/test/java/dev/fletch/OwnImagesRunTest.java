package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in class folders, from the folder to the exported model. */
class OwnImagesRunTest {
  private static final String WARNING =
      "2 files of type .webp in train were left out: images end in .jpg, .jpeg, .png,"
          + " .bmp, .gif, .tif, .tiff, .wbmp";

  @TempDir Path folder;

  private void writeImages() throws IOException {
    for (int i = 0; i < 12; i++) {
      for (String name : new String[] {"ant", "bee"}) {
        int colour = (name.equals("ant") ? 0xa00000 : 0x0000a0) + 0x000500 * i;
        write("train/" + name + "/12:30:" + i + ".png", colour);
        write("val/" + name + "/" + i + ".png", colour);
      }
    }
    write("train/.ipynb_checkpoints/x.png", 0);
    Files.writeString(folder.resolve("data/train/ant/1.webp"), "no image");
    Files.writeString(folder.resolve("data/train/bee/1.webp"), "no image");
  }

  private void write(String name, int colour) throws IOException {
    BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 320; i++) {
      image.setRGB(i % 20, i / 20, colour + i % 7);
    }
    Path file = folder.resolve("data").resolve(name);
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
  }

  @Test
  void classesKeepTheirNamesFromTheFolderToTheModel() throws IOException {
    writeImages();
    RunFiles run = new RunFiles(folder.resolve("run"));
    Path conf =
        TinyRun.conf(
            folder,
            run.root(),
            "data { format = folder, path = \"%s\", resize = 12, image-side = 10, train-limit = 0 }"
                    .formatted(folder.resolve("data"))
                + ", search { epochs = 1, batch = 4 }"
                + ", retrain { candidates = [last], epochs = 1, batch = 8 }");
    TinyRun.Outcome validated = TinyRun.fletch("validate", conf);
    assertThat(validated.exitCode()).as(validated.err()).isZero();
    assertThat(validated.out()).contains("warning   " + WARNING);
    assertThat(validated.out()).contains("24 training (12 for w, 12 for alpha) and 24 test");

    TinyRun.Outcome outcome = TinyRun.fletch("run", conf);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.errorLines()).first().isEqualTo("fletch: warning: " + WARNING);
    JsonNode data = run.json("manifest.json").get("data");
    assertThat(data.get("classes").toString()).isEqualTo("[\"ant\",\"bee\"]");
    assertThat(data.get("trainExamples").toString()).isEqualTo("[12,12]");
    assertThat(data.get("testExamples").toString()).isEqualTo("[12,12]");
    assertThat(data.get("warnings").get(0).asText()).isEqualTo(WARNING);
    assertThat(run.json("retrain/last/seed-0/result.json").get("classes").toString())
        .isEqualTo("[\"ant\",\"bee\"]");
    assertThat(run.text("report/index.html")).contains("<th>ant</th>", "<th>bee</th>");

    assertThat(TinyRun.fletch("export", run.root()).exitCode()).isZero();
    JsonNode model = run.json("model/model.json");
    assertThat(model.get("labels").toString()).isEqualTo("[\"ant\",\"bee\"]");
    assertThat(model.get("output").asText()).isEqualTo("softmax");
    JsonNode preprocessing = model.get("preprocessing");
    assertThat(preprocessing.get("colourOrder").asText()).isEqualTo("RGB");
    assertThat(preprocessing.get("layout").asText()).isEqualTo("NCHW");
    assertThat(preprocessing.get("resize").toString())
        .isEqualTo(
            "{\"shorterSide\":12,\"filter\":\"bilinear, antialiased\",\"then\":\"middle"
                + " square\"}");
    assertThat(preprocessing.get("crop").toString())
        .isEqualTo("{\"height\":10,\"width\":10,\"from\":\"middle\"}");
  }
}
