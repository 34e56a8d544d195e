package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleTexts.SENTENCES;
import static dev.fletch.data.SampleTexts.settings;
import static dev.fletch.data.SampleTexts.with;
import static dev.fletch.data.SampleTexts.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts are divided and ordered as images are, and their words have the numbers they should. */
class TextExamplesTest {
  private static final TextFormat SST2 = new Sst2Format();

  @TempDir Path folder;

  @BeforeEach
  void writeTexts() {
    write(folder, "train.tsv", SampleTexts.sentences(21));
    write(folder, "test.tsv", "sentence\tlabel\nw1 so\t0\nnew words\t1\n");
  }

  private TextExamples open(TextSettings text, long seed) {
    return TextExamples.open(settings(SST2, folder, text), AugmentationSettings.NONE, seed, HADOOP);
  }

  @Test
  void wordsHaveTheirNumbersInTheVocabulary() {
    TextExamples examples = open(SENTENCES, 1);

    assertThat(examples.input()).isEqualTo(new TokenShape(4, 24, 2));
    assertThat(examples.vocabulary().words().subList(0, 5))
        .containsExactly("<pad>", "<unk>", "so", "w0", "w1");
    TokenBatch test = examples.evaluation(Portion.TEST, 0, 2);
    assertThat(test.tokens()).containsExactly(4, 2, 1, 1);
    assertThat(test.lengths()).containsExactly(2, 2);
    assertThat(test.targets()).containsExactly(0, 1);
    assertThat(test.examples()).containsExactly(0, 1);
    assertThat(examples.vectors()).isEmpty();
  }

  /** Which examples train what, and when, is the same function of the seed for texts and images. */
  @Test
  void orderAndSplitAreThoseOfImages() throws Exception {
    Path images = Files.createDirectory(folder.resolve("images"));
    SampleFiles.write(images, SampleFiles.TRAIN_IMAGES, SampleFiles.images(21, 2, 2, 1));
    SampleFiles.write(
        images,
        SampleFiles.TRAIN_LABELS,
        SampleFiles.labels(IntStream.range(0, 21).map(i -> i % 2).toArray()));
    SampleFiles.write(images, SampleFiles.TEST_IMAGES, SampleFiles.images(2, 2, 2, 2));
    SampleFiles.write(images, SampleFiles.TEST_LABELS, SampleFiles.labels(0, 1));
    for (long seed : new long[] {0, 7}) {
      DataSet others =
          DataSet.open(
                  SampleFiles.settings(SampleFiles.IDX, images),
                  AugmentationSettings.NONE,
                  seed,
                  HADOOP)
              .holdingOut(0.25);
      DataSet texts = open(SENTENCES, seed).holdingOut(0.25);
      for (Portion portion : Portion.values()) {
        assertThat(texts.size(portion)).isEqualTo(others.size(portion));
        assertThat(texts.classSizes(portion)).isEqualTo(others.classSizes(portion));
        assertThat(texts.evaluation(portion, 1, 2).examples())
            .isEqualTo(others.evaluation(portion, 1, 2).examples());
      }
      for (Portion portion : List.of(Portion.WEIGHTS, Portion.ALPHA, Portion.TRAIN, Portion.FIT)) {
        for (int step = 0; step < 6; step++) {
          StepId at = new StepId(3, step);
          assertThat(texts.training(portion, at, 1, 2, 3).examples())
              .isEqualTo(others.training(portion, at, 1, 2, 3).examples());
        }
      }
    }
  }

  @Test
  void aMinibatchHasTheTextsOfItsExamples() {
    TextExamples examples = open(SENTENCES, 1);
    TokenBatch all = examples.evaluation(Portion.TRAIN, 0, 21);

    TokenBatch batch = examples.training(Portion.WEIGHTS, new StepId(0, 0), 0, 1, 5);

    assertThat(batch.size()).isEqualTo(5);
    for (int n = 0, at = 0; n < 5; n++) {
      int example = batch.examples()[n];
      int from = Arrays.stream(all.lengths(), 0, example).sum();
      assertThat(batch.targets()[n]).isEqualTo(example % 2);
      assertThat(batch.lengths()[n]).isEqualTo(1 + example % 4);
      assertThat(Arrays.copyOfRange(batch.tokens(), at, at + batch.lengths()[n]))
          .isEqualTo(Arrays.copyOfRange(all.tokens(), from, from + batch.lengths()[n]));
      at += batch.lengths()[n];
    }
    assertThatThrownBy(() -> examples.training(Portion.TEST, new StepId(0, 0), 0, 1, 5))
        .hasMessage("Cannot train on the test set");
  }

  @Test
  void theFirstWordsOfLongTextsAreKept() {
    DataSettings settings = settings(SST2, folder, with(SENTENCES, 2, 1, 0));

    DataHeader header = DataSet.header(settings, HADOOP);

    TokenBatch all = open(settings.text(), 1).evaluation(Portion.TRAIN, 0, 4);
    assertThat(all.lengths()).containsExactly(1, 2, 2, 2);
    assertThat(header.input()).isEqualTo(new TokenShape(2, 24));
    assertThat(header.warnings())
        .containsExactly(
            "10 of 21 training and 0 of 2 test texts are longer than data.max-length = 2: their"
                + " first words are kept");
    TextFacts facts = header.texts().orElseThrow();
    assertThat(facts.longest()).isEqualTo(4);
    assertThat(facts.cutTrain()).isEqualTo(10);
    assertThat(facts.meanLength()).isEqualTo(36 / 21.0); // 2, rounded
    assertThat(facts.unknownTrain()).isZero();
    assertThat(facts.unknownTest()).isEqualTo(0.5);
    assertThat(facts.line())
        .isEqualTo(
            "vocabulary of 24, of which 0 have vectors; texts have 1.7 words on average, the"
                + " longest has 4; 0.0 % of the words in training and 50.0 % in test texts are"
                + " unknown");
  }

  @Test
  void rareWordsAreUnknownAndATextMayHaveNoOthers() {
    TextExamples examples = open(with(SENTENCES, 5, 2, 0), 1);

    assertThat(examples.vocabulary().words()).containsExactly("<pad>", "<unk>", "so");
    assertThat(examples.evaluation(Portion.TRAIN, 0, 2).tokens()).containsExactly(1, 1, 2);
    assertThat(examples.evaluation(Portion.TEST, 1, 2).tokens()).containsExactly(1, 1);

    assertThatThrownBy(() -> open(with(SENTENCES, 5, 99, 0), 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot make a vocabulary: none of the 22 words of the training texts occurs"
                + " data.min-count = 99 times");
  }

  /** Neither those beyond the limit nor test texts add words, but labels are those of all. */
  @Test
  void theVocabularyIsThatOfTheTrainingTextsWithinTheLimit() {
    DataSettings limited =
        new DataSettings(SST2, folder.toString(), List.of(), List.of(), 4, 1, 0.5, SENTENCES);

    TextExamples examples = TextExamples.open(limited, AugmentationSettings.NONE, 1, HADOOP);

    assertThat(examples.vocabulary().words())
        .containsExactly("<pad>", "<unk>", "so", "w0", "w1", "w2", "w3");
    assertThat(examples.size(Portion.TRAIN)).isEqualTo(4);
    assertThat(examples.size(Portion.TEST)).isEqualTo(1);
    assertThat(examples.classSizes(Portion.TRAIN)).containsExactly(2, 2);
  }

  @Test
  void whatChangesTheExamplesChangesTheirChecksum() {
    String before = open(SENTENCES, 1).checksum();

    assertThat(open(SENTENCES, 2).checksum()).isEqualTo(before);
    assertThat(open(with(SENTENCES, 2, 1, 0), 1).checksum()).isNotEqualTo(before);
    assertThat(open(with(SENTENCES, 5, 1, 9), 1).checksum()).isNotEqualTo(before);
    for (String changed : List.of("w0 so\t0", "w1\t0", "w0\t1")) {
      String name = changed.replaceAll("\\W", "-");
      write(folder, name + ".tsv", SampleTexts.sentences(21).replaceFirst("w0\t0", changed));
      DataSettings other =
          new DataSettings(
              SST2,
              folder.toString(),
              List.of(name + ".tsv"),
              List.of("test.tsv"),
              0,
              0,
              0.5,
              SENTENCES);
      assertThat(DataSet.open(other, AugmentationSettings.NONE, 1, HADOOP).checksum())
          .as(changed)
          .isNotEqualTo(before);
    }
  }

  @Test
  void theEmbeddingStartsFromAFileOfVectors() {
    write(folder, "vectors.txt", "so 1 2 3\nw20 4 5 6\nelse 7 8 9\n");
    TextSettings text =
        new TextSettings(
            "sentence",
            "label",
            SENTENCES.tokenizer(),
            5,
            1,
            0,
            folder.resolve("vectors.txt").toString());

    TextExamples examples = open(text, 1);

    float[] start = examples.vectors().orElseThrow().startValues(new float[24 * 3]);
    int last = examples.vocabulary().number("w20");
    assertThat(Arrays.copyOfRange(start, 6, 9)).containsExactly(1, 2, 3);
    assertThat(Arrays.copyOfRange(start, 3 * last, 3 * last + 3)).containsExactly(4, 5, 6);
    assertThat(DataSet.header(settings(SST2, folder, text), HADOOP).texts().orElseThrow())
        .extracting(TextFacts::withVector)
        .isEqualTo(2);
    assertThat(examples.checksum()).isNotEqualTo(open(SENTENCES, 1).checksum());
  }
}
