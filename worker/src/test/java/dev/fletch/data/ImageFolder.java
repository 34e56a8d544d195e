package dev.fletch.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A data set in class folders, written by a test. */
record ImageFolder(Path root) {
  /** An image of one colour and 4x4 pixels, of the type that its name ends in. */
  void image(String name, int colour) throws IOException {
    String type = name.substring(name.lastIndexOf('.') + 1);
    boolean wireless = type.equals("wbmp");
    BufferedImage image =
        new BufferedImage(
            4, 4, wireless ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16; i++) {
      image.setRGB(i % 4, i / 4, colour);
    }
    assertThat(ImageIO.write(image, type, file(name).toFile())).as(name).isTrue();
  }

  /** Two classes, ant and bee, with two images each in train and one each in val. */
  void twoClasses() throws IOException {
    for (String image : List.of("train/%s/1.png", "train/%s/2.png", "val/%s/1.png")) {
      image(image.formatted("ant"), 0x102030);
      image(image.formatted("bee"), 0x405060);
    }
  }

  /** A file that is no image. */
  void other(String name) throws IOException {
    Files.writeString(file(name), "no image");
  }

  private Path file(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  DataSettings settings() {
    return settings(root.toString());
  }

  static DataSettings settings(String path) {
    return new DataSettings(new FolderFormat(), path, List.of(), List.of(), 0, 0, 4, 0, 0.5);
  }
}
