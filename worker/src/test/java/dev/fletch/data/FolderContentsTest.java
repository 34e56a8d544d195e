package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is data in class folders, and what is said of the rest. */
class FolderContentsTest {
  private static final String ENDINGS =
      "images end in .jpg, .jpeg, .png, .bmp, .gif, .tif, .tiff, .wbmp";

  @TempDir Path root;

  private ImageFolder folder() throws IOException {
    ImageFolder folder = new ImageFolder(root);
    folder.twoClasses();
    return folder;
  }

  private static void hide(ImageFolder folder) throws IOException {
    folder.image("train/.ipynb_checkpoints/x.png", 0);
    folder.image("train/_old/x.png", 0);
    folder.image("train/ant/.3.png", 0);
    folder.image("train/ant/_3.png", 0);
    folder.other("train/.DS_Store");
    folder.image("val/.ipynb_checkpoints/x.png", 0);
  }

  @Test
  void hiddenFilesAndFoldersAreNoData() throws IOException {
    ImageFolder folder = folder();
    hide(folder);

    assertHiddenIsLeft(ImageExamples.header(folder.settings(), HADOOP));
    ImageExamples examples = open(folder.settings());
    assertThat(examples.evaluation(Portion.TRAIN, 0, 4).targets()).containsExactly(0, 1, 0, 1);
  }

  @Test
  void norAreTheyOnAnotherFileSystem() throws IOException {
    hide(folder());
    Configuration mounted = new Configuration();
    mounted.set("fs.viewfs.mounttable.images.link./mine", root.toUri().toString());

    assertHiddenIsLeft(ImageExamples.header(ImageFolder.settings("viewfs://images/mine"), mounted));
  }

  private static void assertHiddenIsLeft(DataHeader header) {
    assertThat(header.classes()).isEqualTo(2);
    assertThat(header.train()).isEqualTo(4);
    assertThat(header.test()).isEqualTo(2);
    assertThat(header.warnings()).isEmpty();
  }

  @Test
  void saysWithCountsWhatWasLeftOut() throws IOException {
    ImageFolder folder = folder();
    for (int i = 0; i < 3; i++) {
      folder.other("train/cat/" + i + ".webp");
    }
    folder.other("train/ant/notes.TXT");
    folder.other("train/LICENSE");
    folder.image("train/stray.png", 0);
    folder.image("train/ant/more/1.png", 0);
    folder.image("train/ant/more/2.png", 0);
    Files.createDirectories(root.resolve("train/dog"));
    Files.createDirectories(root.resolve("test"));
    for (int i = 0; i < 6; i++) {
      Files.createDirectories(root.resolve("val/empty" + i));
    }

    DataHeader header = ImageExamples.header(folder.settings(), HADOOP);
    assertThat(header.classes()).isEqualTo(2);
    assertThat(header.train()).isEqualTo(4);
    assertThat(header.warnings())
        .containsExactly(
            "1 file without a type in train was left out: " + ENDINGS,
            "1 file of type .txt in train was left out: " + ENDINGS,
            "3 files of type .webp in train were left out: " + ENDINGS,
            "1 image directly in train was left out (stray.png): images lie in a folder per class",
            "1 folder within the class folders of train was left out (ant/more): images lie in the"
                + " class folder",
            "2 class folders without images in train were left out (cat, dog): a class has one or"
                + " more",
            "folder test is not used: the test set is val",
            "6 class folders without images in val were left out (empty0, empty1, empty2, empty3,"
                + " empty4, ...): a class has one or more");
  }

  @Test
  void aPartWithoutImagesIsRefusedWithWhatItHolds() throws IOException {
    ImageFolder folder = new ImageFolder(root);
    folder.other("train/ant/1.webp");

    assertThatThrownBy(() -> open(folder.settings()))
        .isExactlyInstanceOf(DataException.class)
        .hasMessage(
            "Cannot find images in %s/train: they must lie in a folder per class and end in .jpg,"
                + " .jpeg, .png, .bmp, .gif, .tif, .tiff, .wbmp; 1 file of type .webp in train was"
                + " left out: %s; 1 class folder without images in train was left out (ant): a"
                + " class has one or more",
            root, ENDINGS);
  }

  @Test
  void readsEveryFormatOfTheJdk() throws IOException {
    ImageFolder folder = folder();
    for (String type : new String[] {"bmp", "gif", "tif", "tiff"}) {
      folder.image("train/cat/" + type + "." + type, 0x405060);
    }
    folder.image("train/cat/wbmp.wbmp", 0xffffff);

    assertThat(ImageExamples.header(folder.settings(), HADOOP).warnings()).isEmpty();
    ImageBatch images = open(folder.settings()).evaluation(Portion.TRAIN, 0, 9);
    assertThat(images.targets()).containsExactly(0, 1, 2, 0, 1, 2, 2, 2, 2);
    for (int i : new int[] {2, 5, 6, 7}) {
      assertThat(red(images, i)).isEqualTo((0x40 / 255f - 0.485f) / 0.229f);
    }
    assertThat(red(images, 8)).isEqualTo((1 - 0.485f) / 0.229f);
  }

  private static float red(ImageBatch images, int example) {
    return images.images()[example * images.input().values()];
  }

  @Test
  void namesMayHoldColons() throws IOException {
    ImageFolder folder = folder();
    folder.image("train/ant/12:30:0.png", 0x405060);
    folder.image("train/cat:grey/a:b.png", 0x405060);
    folder.image("train/cat:grey/plain.png", 0x405060);

    ImageExamples examples = open(folder.settings());
    ImageBatch images = examples.evaluation(Portion.TRAIN, 0, 7);
    assertThat(images.targets()).containsExactly(0, 1, 2, 0, 1, 2, 0);
    for (int i : new int[] {2, 3, 5}) {
      assertThat(red(images, i)).isEqualTo((0x40 / 255f - 0.485f) / 0.229f);
    }
  }

  @Test
  void aListedFileMayHoldColonsToo() throws IOException {
    List<List<String>> parts = new ArrayList<>();
    for (String time : List.of("12:30", "12:45")) {
      SampleFiles.write(root, time + ".images", SampleFiles.images(2, 3, 3, 5));
      SampleFiles.write(root, time + ".labels", SampleFiles.labels(0, 4));
      parts.add(
          Stream.of(time + ".images", time + ".labels")
              .map(name -> root.resolve(name).toUri().toString())
              .toList());
    }

    DataSettings settings =
        new DataSettings(new IdxFormat(), "", parts.get(0), parts.get(1), 0, 0, 0.5);
    assertThat(ImageExamples.header(settings, HADOOP).train()).isEqualTo(2);
  }

  /** As file systems do that form other names from it. */
  @Test
  void aNameThatAFileSystemCannotOpenIsRefused() {
    DataFile file =
        new DataFile(
            "s3a://images/ant/12:30:0.png",
            () -> {
              throw new IllegalArgumentException("Relative path in absolute URI: 12:30:0.png");
            });

    assertThatThrownBy(file::open)
        .isExactlyInstanceOf(DataException.class)
        .hasMessage(
            "Cannot read s3a://images/ant/12:30:0.png: Relative path in absolute URI:"
                + " 12:30:0.png");
  }

  private static ImageExamples open(DataSettings settings) {
    return ImageExamples.open(settings, SampleFiles.noAugmentation(), 1, HADOOP);
  }
}
