package dev.fletch.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordVectorsTest {
  private static final Vocabulary WORDS =
      Vocabulary.of(Map.of("good", 3, "bad", 2, "odd", 1), 1, 0);

  private final List<String> faults = new ArrayList<>();

  private WordVectors read(String file) {
    Iterator<byte[]> chunks =
        List.of(file.getBytes(StandardCharsets.UTF_8), new byte[0]).iterator();
    return WordVectors.read(
        new Lines(chunks::next), WORDS, (line, reason) -> faults.add(line + " " + reason));
  }

  @Test
  void wordsWithAVectorStartThereAndOthersAtRandom() {
    WordVectors vectors = read("the 9 9\nbad 0.5 -1e-2\ngood 1 2 \nbad 7 7\n");
    float[] random = {.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f, 1f};

    assertThat(faults).isEmpty();
    assertThat(vectors.width()).isEqualTo(2);
    assertThat(vectors.found()).isEqualTo(2);
    assertThat(vectors.startValues(random))
        .containsExactly(.1f, .2f, .3f, .4f, 1f, 2f, .5f, -.01f, .9f, 1f);
    assertThat(random[4]).isEqualTo(.5f);
  }

  @Test
  void anEmbeddingOfAnotherWidthIsRefused() {
    WordVectors vectors = read("good 1 2 3\n");

    assertThatThrownBy(() -> vectors.startValues(new float[10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "vectors of 3 numbers for 5 words do not fit an embedding of 10 values: its channels"
                + " must be 3");
  }

  @Test
  void everyLineThatIsNoVectorIsNamed() {
    read("the 1 2\ngood 1\nbad 1 x\nodd 1 NaN\nother\nmany 1 2 3 4\n");

    assertThat(faults)
        .containsExactly(
            "2 has 1 number behind its word, the first line has 2",
            "3 has 'x' for a number",
            "4 has 'NaN' for a number",
            "5 has 0 numbers behind its word, the first line has 2",
            "6 has 4 numbers behind its word, the first line has 2");
  }

  /** As {@code . . .} in glove.840B.300d, which no tokenizer gives. */
  @Test
  void wordsOfSeveralPartsAreLeftOut() {
    WordVectors vectors = read("the 1 2\n. . . 3 4\ngood 5 6\n");

    assertThat(faults).isEmpty();
    assertThat(vectors.found()).isEqualTo(1);
  }

  /** As word2vec and fastText have it; the latter puts a space behind each line. */
  @Test
  void aFirstLineMaySayHowManyThereAre() {
    WordVectors vectors = read("3 2\nthe 9 9 \ngood 1 2 \n7 3 4 \n");

    assertThat(faults).isEmpty();
    assertThat(vectors.width()).isEqualTo(2);
    assertThat(vectors.startValues(new float[10])).containsExactly(0, 0, 0, 0, 1, 2, 0, 0, 0, 0);
  }

  @Test
  void whatTheFirstLineSaysMustBeSo() {
    read("2000000 300\nthe 9 9\ngood 1 2 3\n");

    assertThat(faults)
        .containsExactly(
            "2 has 2 numbers behind its word, the first line says 300",
            "3 has 3 numbers behind its word, the first line says 300",
            "1 says 2,000,000 words, but 2 follow");
  }

  @Test
  void aFirstLineWithoutNumbersIsNamed() {
    read("the\ngood 1\n");

    assertThat(faults).containsExactly("1 has no numbers behind its word");
  }
}
