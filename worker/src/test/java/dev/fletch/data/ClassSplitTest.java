package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClassSplitTest {
  @TempDir Path root;

  static Stream<Arguments> divisions() {
    return Stream.of(
        arguments(new int[] {10, 20, 30}, 30, new int[] {5, 10, 15}),
        // 2.5 each: what is left goes to the lower labels
        arguments(new int[] {5, 5, 5}, 7, new int[] {3, 2, 2}),
        arguments(new int[] {5, 5, 5}, 8, new int[] {3, 3, 2}),
        // 0.6, 1.8 and 3.6: the second lacks most, then the first, which is to have one anyway
        arguments(new int[] {1, 3, 6}, 6, new int[] {1, 2, 3}),
        // both sides of every class that has two
        arguments(new int[] {2, 98}, 90, new int[] {1, 89}),
        arguments(new int[] {2, 98}, 10, new int[] {1, 9}),
        arguments(new int[] {2, 2, 2}, 3, new int[] {1, 1, 1}),
        // as far as that goes
        arguments(new int[] {3, 3, 3}, 8, new int[] {3, 3, 2}),
        arguments(new int[] {3, 3, 3}, 1, new int[] {0, 0, 1}),
        arguments(new int[] {0, 1, 9}, 5, new int[] {0, 1, 4}),
        arguments(new int[] {1, 1}, 1, new int[] {1, 0}),
        arguments(new int[] {4, 4}, 8, new int[] {4, 4}),
        arguments(new int[] {4, 4}, 0, new int[] {0, 0}),
        arguments(new int[] {1 << 30, 1 << 30}, 1 << 30, new int[] {1 << 29, 1 << 29}));
  }

  @ParameterizedTest
  @MethodSource("divisions")
  void everyClassIsDividedAlike(int[] sizes, int count, int[] shares) {
    assertThat(ClassSplit.shares(sizes, count)).isEqualTo(shares);
  }

  /** Classes 0 to 2, of 3, 4 and 40 examples. */
  private ImageExamples open(long seed) {
    return open(seed, 0);
  }

  private ImageExamples open(long seed, int searched) {
    int[] labels = new int[47];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i < 3 ? 0 : i < 7 ? 1 : 2;
    }
    SampleFiles.write(root, SampleFiles.TRAIN_IMAGES, SampleFiles.images(47, 3, 3, 1));
    SampleFiles.write(root, SampleFiles.TRAIN_LABELS, SampleFiles.labels(labels));
    SampleFiles.write(root, SampleFiles.TEST_IMAGES, SampleFiles.images(1, 3, 3, 1));
    SampleFiles.write(root, SampleFiles.TEST_LABELS, SampleFiles.labels(0));
    DataSettings settings =
        new DataSettings(
            new IdxFormat(),
            root.toString(),
            List.of(),
            List.of(),
            0,
            0,
            0,
            0,
            searched,
            0.5,
            TextSettings.NONE,
            StreamSettings.NONE);
    return ImageExamples.open(settings, SampleFiles.noAugmentation(), seed, HADOOP);
  }

  @Test
  void bothHalvesHaveEveryClassWhateverTheSeed() {
    for (long seed = 0; seed < 20; seed++) {
      ImageExamples examples = open(seed);
      assertThat(examples.classSizes(Portion.WEIGHTS)).containsExactly(1, 2, 20);
      assertThat(examples.classSizes(Portion.ALPHA)).containsExactly(2, 2, 20);
    }
  }

  @Test
  void aSearchSeesItsLimitOfEveryClassAlike() {
    for (long seed = 0; seed < 20; seed++) {
      ImageExamples few = open(seed, 24);
      assertThat(few.classSizes(Portion.WEIGHTS)).containsExactly(1, 1, 10);
      assertThat(few.classSizes(Portion.ALPHA)).containsExactly(1, 1, 10);
      assertThat(few.size(Portion.TRAIN)).isEqualTo(47);
      ImageExamples all = open(seed, 1000);
      assertThat(all.classSizes(Portion.ALPHA))
          .isEqualTo(open(seed).classSizes(Portion.ALPHA))
          .containsExactly(2, 2, 20);
    }
  }

  @Test
  void soHasWhatRetrainingHoldsOut() {
    for (long seed = 0; seed < 20; seed++) {
      ImageExamples held = open(seed).holdingOut(0.2);
      assertThat(held.classSizes(Portion.FIT)).containsExactly(2, 3, 33);
      assertThat(held.classSizes(Portion.VALIDATION)).containsExactly(1, 1, 7);
    }
  }

  @Test
  void aClassThatIsTooSmallForBothHalvesIsNamed() throws IOException {
    ImageFolder folder = new ImageFolder(root);
    folder.twoClasses();
    folder.image("train/cat/1.png", 0x405060);
    folder.image("train/dog/1.png", 0x405060);

    assertThat(ImageExamples.header(folder.settings(), HADOOP).warnings())
        .containsExactly(
            "too few training examples to be in both halves of the search's data: class cat (1),"
                + " dog (1)");
  }

  @Test
  void oneClassIsRefused() throws IOException {
    ImageFolder folder = new ImageFolder(root);
    for (int i = 0; i < 3; i++) {
      folder.image("train/ant/" + i + ".png", 0x405060);
    }
    folder.image("val/ant/1.png", 0x405060);

    assertThatThrownBy(() -> ImageExamples.header(folder.settings(), HADOOP))
        .isExactlyInstanceOf(DataException.class)
        .hasMessage(
            "Cannot search or train on one class: all 3 training examples are of class ant");
  }
}
