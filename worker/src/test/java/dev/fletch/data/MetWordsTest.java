package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleTexts.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.StreamSettings.KnownWords;
import dev.fletch.data.text.StreamVocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which words a vocabulary has, and their numbers. */
class MetWordsTest {
  @TempDir Path folder;

  @BeforeEach
  void writeTexts() {
    write(folder, "train.txt", "b a b c\na b d c\n");
    write(folder, "valid.txt", "e a\n");
    write(folder, "test.txt", "c f\n");
  }

  private StreamExamples open(StreamSettings settings) {
    return StreamExamples.open(
        SampleStreams.in(folder, settings), AugmentationSettings.NONE, 1, HADOOP);
  }

  private static List<Integer> text(StreamExamples examples, Portion portion) {
    StreamBatch row = examples.evaluation(portion, 0, examples.size(portion) - 1);
    List<Integer> words = new ArrayList<>(Arrays.stream(row.tokens()).boxed().toList());
    words.add(row.targets()[row.targets().length - 1]);
    return words;
  }

  @Test
  void allWordsAreNumberedAsTheyAreMet() {
    StreamExamples examples = open(SampleStreams.settings(4, Windows.FIXED, Windows.FIXED, 1, 1));

    assertThat(examples.vocabulary())
        .isEqualTo(
            new StreamVocabulary(
                List.of("b", "a", "c", "<eos>", "d", "e", "f"), List.of(3, 2, 2, 2, 1, 0, 0)));
    assertThat(text(examples, Portion.TRAIN)).containsExactly(0, 1, 0, 2, 3, 1, 0, 4, 2, 3);
    assertThat(text(examples, Portion.ALPHA)).containsExactly(5, 1, 3);
    assertThat(text(examples, Portion.TEST)).containsExactly(2, 6, 3);
  }

  @Test
  void rareWordsOfTheTrainingTextAreUnknown() {
    StreamExamples examples = open(SampleStreams.ofTrain(2, 0));

    assertThat(examples.vocabulary())
        .isEqualTo(
            new StreamVocabulary(List.of("b", "a", "c", "<eos>", "<unk>"), List.of(3, 2, 2, 2, 1)));
    assertThat(text(examples, Portion.TRAIN)).containsExactly(0, 1, 0, 2, 3, 1, 0, 4, 2, 3);
    assertThat(text(examples, Portion.VALIDATION)).containsExactly(4, 1, 3);
    assertThat(text(examples, Portion.TEST)).containsExactly(2, 4, 3);
    StreamFacts facts =
        DataSet.header(SampleStreams.in(folder, SampleStreams.ofTrain(2, 0)), HADOOP)
            .streams()
            .orElseThrow();
    assertThat(facts.unknownTrain()).isEqualTo(0.1);
    assertThat(facts.figures())
        .containsEntry("vocabulary", 5.0)
        .containsEntry("train", 10.0)
        .containsEntry("unknownTest", 1 / 3.0);
  }

  /** Of the equally frequent a and c, a is met first. */
  @Test
  void theMostFrequentWordsAreKnownBesideEndsAndUnknownOnes() {
    assertThat(open(SampleStreams.ofTrain(1, 2)).vocabulary())
        .isEqualTo(new StreamVocabulary(List.of("b", "a", "<unk>", "<eos>"), List.of(3, 2, 3, 2)));
  }

  @Test
  void anUnknownWordThatNothingTrainsIsWarnedOf() {
    DataSettings settings = SampleStreams.in(folder, SampleStreams.ofTrain(1, 0));

    assertThat(open(SampleStreams.ofTrain(1, 0)).vocabulary().words())
        .containsExactly("b", "a", "c", "<eos>", "d", "<unk>");
    assertThat(DataSet.header(settings, HADOOP).warnings())
        .containsExactly(
            "the validation or test text has unknown words, but the training text none, so that the"
                + " unknown word stays as it was drawn: raise data.min-count, now 1");
    write(folder, "train.txt", "b a b c\na <unk> d c\n");
    assertThat(DataSet.header(SampleStreams.in(folder, SampleStreams.ofTrain(1, 9)), HADOOP))
        .extracting(DataHeader::warnings)
        .isEqualTo(List.of());
  }

  @Test
  void withAllWordsNoneIsCutOff() {
    assertThatThrownBy(
            () ->
                new StreamSettings(
                    List.of(), -1, KnownWords.ALL, 2, 9, 0, Windows.FIXED, Windows.FIXED, 0, 0))
        .hasMessageContaining("valid-limit must be >= 0, got -1")
        .hasMessageContaining(
            "min-count must be 1 with vocabulary = all, where every word is known, got 2: set"
                + " vocabulary = train")
        .hasMessageContaining("max-vocabulary must be 0 with vocabulary = all")
        .hasMessageContaining("bptt must be >= 1, got 0")
        .hasMessageContaining("evaluation-rows must be >= 1, got 0")
        .hasMessageContaining("test-rows must be >= 1, got 0");
    assertThatThrownBy(() -> SampleStreams.in(folder, StreamSettings.NONE))
        .hasMessageContaining("bptt must be >= 1, got 0");
    assertThatThrownBy(() -> new StreamVocabulary(List.of("a", "a"), List.of(1, 1)))
        .hasMessage(
            "a vocabulary has every word once and counts it, got 2 words, 1 of them different, and"
                + " 2 counts");
  }
}
