package dev.fletch.data;

import static dev.fletch.data.SampleFiles.CIFAR10;
import static dev.fletch.data.SampleFiles.CIFAR100;
import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleFiles.IDX;
import static dev.fletch.data.SampleFiles.records;
import static dev.fletch.data.SampleFiles.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassNamesTest {
  /** As it is published, with an empty line at the end. */
  private static final String CIFAR10_NAMES =
      "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

  @TempDir Path root;

  @Test
  void aFoldersClassesAreCalledAsItsFoldersInOrderOfTheirNames() throws IOException {
    ImageFolder folder = new ImageFolder(root);
    folder.image("train/wasp/1.png", 0x405060);
    folder.twoClasses();
    folder.image("train/Émeu/1.png", 0x405060);
    folder.image("train/bee/3.png", 0x405060);

    ImageExamples examples = open(folder.settings());
    assertThat(examples.classNames()).containsExactly("ant", "bee", "wasp", "Émeu");
    assertThat(ImageExamples.header(folder.settings(), HADOOP).classNames())
        .isEqualTo(examples.classNames());
    assertThat(examples.classSizes(Portion.TRAIN)).containsExactly(2, 3, 1, 1);
    assertThat(examples.classSizes(Portion.TEST)).containsExactly(1, 1, 0, 0);
    Batch train = examples.evaluation(Portion.TRAIN, 0, 7);
    assertThat(train.targets()).containsExactly(0, 1, 2, 3, 0, 1, 1);
  }

  @Test
  void cifarHasThoseOfTheFileItIsPublishedWith() {
    SampleFiles.write(root, "data_batch_1.bin", records(new int[] {1}, new int[] {2}));
    SampleFiles.write(root, "test_batch.bin", records(new int[] {3}));
    write("batches.meta.txt", CIFAR10_NAMES);

    List<String> names = open(settings(CIFAR10, root)).classNames();
    assertThat(names).hasSize(10).startsWith("airplane", "automobile").endsWith("ship", "truck");
  }

  @Test
  void cifar100HasThoseOfTheFineLabels() {
    SampleFiles.write(root, "train.bin", records(new int[] {1, 2}, new int[] {2, 3}));
    SampleFiles.write(root, "test.bin", records(new int[] {1, 2}));
    List<String> fine = IntStream.range(0, 100).mapToObj(i -> "fish" + i).toList();
    write("fine_label_names.txt", String.join("\n", fine));

    assertThat(open(settings(CIFAR100, root)).classNames()).isEqualTo(fine);
  }

  @Test
  void aFileThatDoesNotNameEveryClassIsRefused() {
    SampleFiles.write(root, "data_batch_1.bin", records(new int[] {1}, new int[] {2}));
    SampleFiles.write(root, "test_batch.bin", records(new int[] {3}));
    write("batches.meta.txt", "airplane\nautomobile\n");

    assertThatThrownBy(() -> open(settings(CIFAR10, root)))
        .isExactlyInstanceOf(DataException.class)
        .hasMessage(
            "Cannot use the class names in file:%s/batches.meta.txt: it has 2 of 10; mend or"
                + " remove it",
            root);
  }

  @Test
  void classesWithoutNamesHaveNumbers() {
    SampleFiles.idx(root, 6, 3);
    SampleFiles.write(root, "data_batch_1.bin", records(new int[] {1}, new int[] {2}));
    SampleFiles.write(root, "test_batch.bin", records(new int[] {3}));

    assertThat(open(settings(IDX, root)).classNames()).containsExactly("0", "1", "2");
    assertThat(open(settings(CIFAR10, root)).classNames())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  private void write(String name, String text) {
    SampleFiles.write(root, name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static ImageExamples open(DataSettings settings) {
    return ImageExamples.open(settings, SampleFiles.noAugmentation(), 1, HADOOP);
  }
}
