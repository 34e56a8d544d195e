package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassFoldersTest {
  @TempDir Path folder;

  /** Two classes; three training images of one, one of the other. */
  private void writeImages() throws IOException {
    write("train/ant/1.PNG", "png", 0xff0000, 8, 4);
    write("train/ant/2.JPEG", "jpg", 0x00ff00, 16, 16);
    write("train/ant/3.jpg", "jpg", 0x808080, 5, 9);
    write("train/bee/1.png", "png", 0x0000ff, 4, 4);
    write("val/ant/9.png", "png", 0x102030, 4, 4);
    write("val/bee/8.png", "png", 0x405060, 4, 4);
    Files.writeString(folder.resolve("train/ant/notes.txt"), "not an image");
  }

  private void write(String name, String type, int colour, int width, int height)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, colour);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(image, type, file.toFile())).isTrue();
  }

  private ImageExamples open(int trainLimit) {
    DataSettings settings =
        new DataSettings(
            new FolderFormat(), folder.toString(), List.of(), List.of(), trainLimit, 0, 4, 2, 0.5);
    return ImageExamples.open(settings, SampleFiles.noAugmentation(), 1, HADOOP);
  }

  @Test
  void readsImagesOfAnySizeWithTheClassOfTheirFolder() throws IOException {
    writeImages();
    ImageExamples examples = open(0);
    ImageBatch test = examples.evaluation(Portion.TEST, 0, 2);

    assertThat(examples.classes()).isEqualTo(2);
    assertThat(examples.input()).isEqualTo(new ImageShape(3, 2, 2));
    assertThat(examples.size(Portion.WEIGHTS) + examples.size(Portion.ALPHA)).isEqualTo(4);
    assertThat(test.targets()).containsExactly(0, 1);
    // red, green and blue of the second image's first pixel
    assertThat(test.images()[12]).isCloseTo((0x40 / 255f - 0.485f) / 0.229f, within(1e-5f));
    assertThat(test.images()[16]).isCloseTo((0x50 / 255f - 0.456f) / 0.224f, within(1e-5f));
    assertThat(test.images()[20]).isCloseTo((0x60 / 255f - 0.406f) / 0.225f, within(1e-5f));
  }

  @Test
  void aLimitTakesOfEveryClassInTurn() throws IOException {
    writeImages();
    ImageExamples examples = open(2);
    int first = examples.evaluation(Portion.WEIGHTS, 0, 1).targets()[0];
    int second = examples.evaluation(Portion.ALPHA, 0, 1).targets()[0];

    assertThat(List.of(first, second)).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void saysWhatIsMissingOrBroken() throws IOException {
    assertRefused("Cannot find the folder train in ", "a folder of images per class");
    Files.createDirectories(folder.resolve("train/ant"));
    assertRefused("Cannot find images in ", "must lie in a folder per class");
    writeImages();
    write("val/cat/1.png", "png", 0, 4, 4);
    assertRefused("Unknown class of ", "cat/1.png: the training set has no folder cat");
    Files.delete(folder.resolve("val/cat/1.png"));
    Files.writeString(folder.resolve("train/bee/2.jpg"), "no JPEG");
    assertRefused("Cannot decode the image ", "bee/2.jpg: it is neither JPEG nor PNG");
  }

  private void assertRefused(String beginning, String part) {
    assertThatThrownBy(() -> open(0))
        .isInstanceOf(DataException.class)
        .message()
        .startsWith(beginning)
        .contains(part);
  }

  @Test
  void needsASideAndNoListsOfFiles() {
    assertThatThrownBy(
            () ->
                new DataSettings(new FolderFormat(), "x", List.of("a"), List.of(), 0, 0, 0, 0, 0.5))
        .hasMessageContaining("resize must be the side that the images of a folder")
        .hasMessageContaining("train must be empty for folder");
  }
}
