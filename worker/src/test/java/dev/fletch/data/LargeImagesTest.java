package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are resized, cropped and changed in colour on their way to the network. */
class LargeImagesTest {
  private static final AugmentationSettings IMAGENET =
      new AugmentationSettings(0, 0.08, true, new ColourSettings(.4, .4, 0, 0), 0);

  @TempDir Path folder;

  private DataSettings settings(int resize, int side) {
    return new DataSettings(
        new IdxFormat(), folder.toString(), List.of(), List.of(), 0, 0, resize, side, 0.5);
  }

  private ImageExamples open(int resize, int side, AugmentationSettings augmentation) {
    return ImageExamples.open(settings(resize, side), augmentation, 1, HADOOP);
  }

  @Test
  void evaluationShowsTheMiddle() {
    SampleFiles.idx(folder, 20, 7);
    ImageExamples whole = open(0, 0, SampleFiles.noAugmentation());
    ImageExamples middle = open(0, 2, IMAGENET);
    float[] all = whole.evaluation(Portion.TEST, 0, 1).images(); // 5 rows of 4
    float[] some = middle.evaluation(Portion.TEST, 0, 1).images();

    assertThat(middle.input()).isEqualTo(new ImageShape(1, 2, 2));
    assertThat(some).containsExactly(all[5], all[6], all[9], all[10]);
    assertThat(ImageExamples.header(settings(0, 2), HADOOP).input()).isEqualTo(middle.input());
  }

  @Test
  void imagesAreResizedOnReading() {
    SampleFiles.idx(folder, 20, 7);
    ImageExamples large = open(12, 0, IMAGENET);

    assertThat(large.input()).isEqualTo(new ImageShape(1, 12, 12));
    assertThat(large.training(Portion.WEIGHTS, new StepId(0, 0), 0, 1, 4).images())
        .hasSize(4 * 144);
    assertThat(large.checksum()).isNotEqualTo(open(11, 0, IMAGENET).checksum());
  }

  @Test
  void randomSquaresAreAFunctionOfEpochAndExample() {
    SampleFiles.idx(folder, 20, 7);
    ImageExamples examples = open(12, 8, IMAGENET);
    ImageBatch first = examples.training(Portion.WEIGHTS, new StepId(0, 0), 0, 1, 4);

    assertThat(examples.training(Portion.WEIGHTS, new StepId(0, 0), 0, 1, 4).images())
        .isEqualTo(first.images())
        .isEqualTo(
            open(12, 8, IMAGENET).training(Portion.WEIGHTS, new StepId(0, 0), 0, 1, 4).images());
    assertThat(
            open(12, 8, new AugmentationSettings(0, true, 0))
                .training(Portion.WEIGHTS, new StepId(0, 0), 0, 1, 4)
                .images())
        .isNotEqualTo(first.images());
  }

  @Test
  void aSmallerInputIsCroppedAtRandomWithoutPaddingToo() {
    SampleFiles.idx(folder, 20, 7);
    ImageExamples examples = open(0, 2, new AugmentationSettings(0, false, 0));
    long places = IntStream.range(0, 100).mapToObj(epoch -> of(examples, epoch)).distinct().count();

    assertThat(places).isEqualTo(4 * 3); // 5 - 2 + 1 rows, 4 - 2 + 1 columns
  }

  /** The first of the examples that train w. */
  private static String of(ImageExamples examples, int epoch) {
    ImageBatch all = examples.training(Portion.WEIGHTS, new StepId(epoch, 0), 0, 1, 10);
    int smallest = 0;
    for (int i = 1; i < all.size(); i++) {
      smallest = all.examples()[i] < all.examples()[smallest] ? i : smallest;
    }
    return Arrays.toString(Arrays.copyOfRange(all.images(), smallest * 4, smallest * 4 + 4));
  }

  @Test
  void saysWhatDoesNotFit() {
    SampleFiles.idx(folder, 20, 7);

    assertThatThrownBy(() -> ImageExamples.header(settings(0, 5), HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot show squares of data.image-side 5 of images of 1x5x4:"
                + " set data.resize to 5 or more");
    AugmentationSettings colours =
        new AugmentationSettings(0, 0, true, new ColourSettings(0, 0, .4, 0), 0);
    assertThatThrownBy(() -> open(0, 0, colours))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot change saturation and hue of images of 1x5x4, which have no colours:"
                + " set both to 0");
    assertThatThrownBy(() -> settings(4, 5)).hasMessageContaining("must be <= resize 4, got 5");
    assertThatThrownBy(() -> new AugmentationSettings(4, 0.08, true, ColourSettings.NONE, 0))
        .hasMessageContaining("must be 0 beside a resized-crop, got 4");
  }
}
