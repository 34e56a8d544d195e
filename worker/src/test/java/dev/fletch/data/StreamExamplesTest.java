package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleTexts.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What steps and evaluations read of streams, against rows that are written out. */
class StreamExamplesTest {
  @TempDir Path folder;

  private StreamExamples open(StreamSettings settings, long seed) {
    return StreamExamples.open(
        SampleStreams.in(folder, settings), AugmentationSettings.NONE, seed, HADOOP);
  }

  private static StreamBatch step(StreamExamples examples, Portion portion, int step) {
    return examples.training(portion, new StepId(0, step), 0, 1, 2);
  }

  /** As {@code batchify} of quark0/darts: 11 words in 2 rows, of which the last is left over. */
  @Test
  void aStepReadsTheNextWindowOfEveryRow() {
    write(folder, "train.txt", "a b c d e f g h i j");
    write(folder, "valid.txt", "a b c");
    write(folder, "test.txt", "b");
    StreamExamples examples =
        open(SampleStreams.settings(3, Windows.FIXED, Windows.FIXED, 1, 1), 5);

    assertThat(examples.size(Portion.WEIGHTS)).isEqualTo(11);
    assertThat(examples.vocabulary().words())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "<eos>");
    StreamBatch first = step(examples, Portion.WEIGHTS, 0);
    assertThat(first.rows()).isEqualTo(2);
    assertThat(first.times()).isEqualTo(3);
    assertThat(first.tokens()).containsExactly(0, 5, 1, 6, 2, 7);
    assertThat(first.targets()).containsExactly(1, 6, 2, 7, 3, 8);
    assertThat(first.examples()).containsExactly(0, 5, 1, 6, 2, 7);
    assertThat(first.state()).isEmpty();
    StreamBatch last = step(examples, Portion.WEIGHTS, 1); // what is left of the rows
    assertThat(last.tokens()).containsExactly(3, 8);
    assertThat(last.targets()).containsExactly(4, 9);
    assertThat(examples.steps(Portion.WEIGHTS, 0, 2)).isEqualTo(2);
    assertThat(step(examples, Portion.WEIGHTS, 2).tokens()).isEqualTo(first.tokens());
    assertThat(examples.input()).isEqualTo(new StreamShape(11, 3));
  }

  @Test
  void replicasReadRowsOfTheirOwn() {
    SampleStreams.write(folder, 21, 21, 9);
    StreamExamples examples = open(SampleStreams.SETTINGS, 5);
    StepId at = new StepId(0, 0);

    assertThat(examples.training(Portion.TRAIN, at, 0, 2, 2).tokens())
        .containsExactly(0, 5, 1, 6, 2, 7, 3, 8);
    assertThat(examples.training(Portion.TRAIN, at, 1, 2, 2).tokens())
        .containsExactly(10, 15, 11, 16, 12, 17, 13, 18);
    assertThat(examples.training(Portion.TRAIN, at, 1, 2, 2).examples())
        .containsExactly(10, 15, 11, 16, 12, 17, 13, 18);
  }

  /**
   * Its validation text has rows of 6 words, 5 with one behind them: while w goes on from 0, 4, 8,
   * alpha goes on from 0, 4 and again 3. The window at 4 ends with the row.
   */
  @Test
  void alphaReadsTheSamePlaceAndBeginsAgainAtTheEnd() {
    SampleStreams.write(folder, 28, 12, 9);
    StreamExamples examples = open(SampleStreams.SETTINGS, 5);

    assertThat(step(examples, Portion.ALPHA, 0).tokens())
        .containsExactly(28, 34, 29, 35, 30, 36, 31, 37);
    assertThat(step(examples, Portion.ALPHA, 1).tokens()).containsExactly(32, 38);
    assertThat(step(examples, Portion.ALPHA, 2).tokens()).containsExactly(31, 37, 32, 38);
    // the row ends with the end of the line, which is a word of the training text too
    assertThat(step(examples, Portion.ALPHA, 2).targets()).containsExactly(32, 38, 33, 27);
    assertThat(examples.rateFactor(Portion.ALPHA, new StepId(0, 1))).isEqualTo(1);
  }

  /** Alpha's windows are whole where those of w are half as long. */
  @Test
  void alphaReadsAsManyWordsAsARule() {
    SampleStreams.write(folder, 400, 200, 9);
    StreamExamples examples =
        open(SampleStreams.settings(4, Windows.HALVED, Windows.FIXED, 1, 1), 5);

    int at = 0;
    for (int step = 0; step < examples.steps(Portion.WEIGHTS, 0, 2); step++) {
      int start = at % 99;
      StreamBatch alpha = step(examples, Portion.ALPHA, step);
      assertThat(alpha.tokens()[0]).isEqualTo(400 + start);
      assertThat(alpha.times()).isEqualTo(Math.min(4, 99 - start));
      StreamBatch weights = step(examples, Portion.WEIGHTS, step);
      assertThat(weights.tokens()[0]).isEqualTo(at);
      at += weights.times();
    }
    assertThat(at).isEqualTo(199);
  }

  /** Whatever is drawn, an epoch has every word of every row once as a target. */
  @ParameterizedTest
  @EnumSource(Windows.class)
  void anEpochReadsEveryWordOfEveryRowOnce(Windows windows) {
    Random random = new Random(7);
    for (int trial = 0; trial < 40; trial++) {
      int replicas = 1 + random.nextInt(3);
      int batch = 1 + random.nextInt(4);
      int rows = replicas * batch;
      int words = rows * (2 + random.nextInt(60)) + random.nextInt(rows);
      Path place = folder.resolve("trial-" + windows + trial);
      place.toFile().mkdir();
      SampleStreams.write(place, words, 60, 3);
      StreamExamples examples =
          StreamExamples.open(
              SampleStreams.in(
                  place, SampleStreams.settings(1 + random.nextInt(9), windows, windows, 1, 1)),
              AugmentationSettings.NONE,
              trial,
              HADOOP);
      Portion portion = trial % 2 == 0 ? Portion.WEIGHTS : Portion.FIT;
      assertWhole(examples.holdingOut(0), portion, trial, replicas, batch, words / rows);
    }
  }

  private static void assertWhole(
      StreamExamples examples, Portion portion, int epoch, int replicas, int batch, int length) {
    int[] targets = new int[replicas * batch * length];
    int steps = examples.steps(portion, epoch, replicas * batch);
    for (int step = 0; step < steps; step++) {
      for (int replica = 0; replica < replicas; replica++) {
        StepId at = new StepId(epoch, step);
        StreamBatch window = examples.training(portion, at, replica, replicas, batch);
        assertThat(window.times()).isBetween(1, examples.input().window());
        for (int i = 0; i < window.size(); i++) {
          assertThat(window.targets()[i]).isEqualTo(window.tokens()[i] + 1);
          targets[window.targets()[i]]++;
        }
      }
    }
    for (int word = 0; word < targets.length; word++) {
      assertThat(targets[word]).as("word %d", word).isEqualTo(word % length == 0 ? 0 : 1);
    }
  }

  @Test
  void windowsAreThoseOfSeedAndEpoch() {
    SampleStreams.write(folder, 3000, 60, 9);
    StreamSettings settings = SampleStreams.settings(20, Windows.FIXED, Windows.VARIED, 1, 1);
    StreamExamples examples = open(settings, 5);
    int[] lengths = lengths(examples, 0);

    assertThat(lengths(open(settings, 5), 0)).isEqualTo(lengths);
    assertThat(lengths(open(settings, 6), 0)).isNotEqualTo(lengths);
    assertThat(lengths(examples, 1)).isNotEqualTo(lengths);
    assertThat(lengths).hasSize(examples.steps(Portion.FIT, 0, 2));
    Pace pace = examples.pace(Portion.FIT, 2);
    for (int step = 0; step < lengths.length - 1; step++) {
      assertThat(pace.rateFactor(new StepId(0, step))).isEqualTo(lengths[step] / 20.0);
      assertThat(examples.rateFactor(Portion.FIT, new StepId(0, step)))
          .isEqualTo(lengths[step] / 20.0);
    }
    assertThat(examples.rateFactor(Portion.WEIGHTS, new StepId(0, 3))).isEqualTo(1);
  }

  private static int[] lengths(StreamExamples examples, int epoch) {
    return IntStream.range(0, examples.steps(Portion.FIT, epoch, 2))
        .map(s -> examples.training(Portion.FIT, new StepId(epoch, s), 1, 2, 1).times())
        .toArray();
  }

  /** A search reads whole or half windows, a training from scratch up to 20 words more. */
  @Test
  void networksAreBuiltForTheWindowsOfTheirPhase() {
    SampleStreams.write(folder, 90, 60, 9);
    StreamSettings settings = SampleStreams.settings(20, Windows.HALVED, Windows.VARIED, 1, 1);
    DataHeader header = DataSet.header(SampleStreams.in(folder, settings), HADOOP);

    assertThat(open(settings, 5).input()).isEqualTo(new StreamShape(157, 20));
    assertThat(header.input()).isEqualTo(new StreamShape(157, 20));
    assertThat(open(settings, 5).holdingOut(0).input()).isEqualTo(new StreamShape(157, 40));
    assertThat(header.retrainInput()).isEqualTo(new StreamShape(157, 40));
  }

  @Test
  void anEvaluationIsOneChunkOfWholeRows() {
    SampleStreams.write(folder, 8, 9, 5);
    StreamExamples examples = open(SampleStreams.SETTINGS, 5);

    assertThat(examples.evaluationChunks(Portion.VALIDATION, 100)).isEqualTo(1);
    StreamBatch valid = examples.evaluationChunk(Portion.VALIDATION, 0, 100);
    assertThat(valid.rows()).isEqualTo(2);
    assertThat(valid.tokens()).containsExactly(8, 12, 9, 13, 10, 14);
    assertThat(valid.targets()).containsExactly(9, 13, 10, 14, 11, 15);
    assertThat(examples.evaluationChunk(Portion.ALPHA, 0, 3).tokens()).isEqualTo(valid.tokens());
    StreamBatch test = examples.evaluationChunk(Portion.TEST, 0, 3);
    assertThat(test.rows()).isEqualTo(1);
    // ends of lines are one word, the one that train.txt ends with
    assertThat(test.tokens()).containsExactly(16, 17, 18, 19);
    assertThat(test.targets()).containsExactly(17, 18, 19, 7);
  }

  @Test
  void anyWordsCanBeEvaluatedAsARow() {
    SampleStreams.write(folder, 8, 9, 5);
    StreamExamples examples = open(SampleStreams.SETTINGS, 5);

    assertThat(examples.evaluation(Portion.TRAIN, 2, 5).targets()).containsExactly(3, 4, 5);
    assertThatThrownBy(() -> examples.evaluation(Portion.TRAIN, 2, 8))
        .hasMessage("Invalid range 2 to 8: the portion TRAIN has 7 words with one behind them");
  }

  @Test
  void nothingTrainsOnOtherTextsAndNothingIsHeldOut() {
    SampleStreams.write(folder, 8, 9, 5);
    StreamExamples examples = open(SampleStreams.SETTINGS, 5);

    assertThatThrownBy(() -> step(examples, Portion.TEST, 0))
        .hasMessage("Cannot train on the test set");
    assertThatThrownBy(() -> step(examples, Portion.VALIDATION, 0))
        .hasMessage("Cannot train on the examples held out");
    String message =
        "retrain.validation-portion must be 0 where the data have a validation text of their own,"
            + " got 0.1";
    assertThatThrownBy(() -> examples.holdingOut(0.1)).hasMessage(message);
    DataHeader header = DataSet.header(SampleStreams.in(folder, SampleStreams.SETTINGS), HADOOP);
    assertThatThrownBy(() -> header.heldOut(0.1)).hasMessage(message);
    assertThat(header.heldOut(0)).isZero();
    assertThatThrownBy(
            () ->
                StreamExamples.open(
                    SampleStreams.in(folder, SampleStreams.SETTINGS),
                    new AugmentationSettings(4, true, 0),
                    1,
                    HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessage("Cannot augment texts: leave out augmentation.crop-padding, flip");
  }
}
