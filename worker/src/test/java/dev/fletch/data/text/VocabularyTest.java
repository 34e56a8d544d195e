package dev.fletch.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static final Map<String, Integer> COUNTS =
      Map.of("the", 5, "b", 2, "a", 2, "Z", 2, "rare", 1, "<unk>", 9, "<pad>", 3);

  @Test
  void wordsComeByCountThenByTheAlphabet() {
    Vocabulary all = Vocabulary.of(COUNTS, 1, 0);

    assertThat(all.words()).containsExactly("<pad>", "<unk>", "the", "Z", "a", "b", "rare");
    assertThat(all.counts()).containsExactly(0, 12, 5, 2, 2, 2, 1);
    assertThat(all.size()).isEqualTo(7);
    assertThat(all.number("the")).isEqualTo(2);
    assertThat(all.number("b")).isEqualTo(5);
  }

  @Test
  void whatIsCutOffIsUnknown() {
    Vocabulary frequent = Vocabulary.of(COUNTS, 2, 0);
    assertThat(frequent.words()).containsExactly("<pad>", "<unk>", "the", "Z", "a", "b");
    assertThat(frequent.counts()).containsExactly(0, 13, 5, 2, 2, 2);

    Vocabulary two = Vocabulary.of(COUNTS, 1, 2);
    assertThat(two.words()).containsExactly("<pad>", "<unk>", "the", "Z");
    assertThat(two.number("a")).isEqualTo(Vocabulary.UNKNOWN);
  }

  /** The word for padding never stands in a text, whatever the text says. */
  @Test
  void theFirstTwoAreNoWordsOfTexts() {
    Vocabulary all = Vocabulary.of(COUNTS, 1, 0);

    assertThat(all.number("<pad>")).isEqualTo(Vocabulary.UNKNOWN);
    assertThat(all.number("<unk>")).isEqualTo(Vocabulary.UNKNOWN);
  }

  @Test
  void differencesAreNamed() {
    Vocabulary here = Vocabulary.of(Map.of("film", 3, "good", 2), 1, 0);

    assertThat(here.difference(new Vocabulary(here.words(), here.counts()))).isEmpty();
    assertThat(here.difference(Vocabulary.of(Map.of("film", 3, "bad", 2), 1, 0)))
        .contains("word 3 is 'bad' there, 'good' here");
    assertThat(here.difference(Vocabulary.of(Map.of("film", 4, "good", 2), 1, 0)))
        .contains("word 2, 'film', occurs 4 times there, 3 times here");
    assertThat(here.difference(Vocabulary.of(Map.of("film", 3), 1, 0)))
        .contains("3 words there, 4 here");
  }

  @Test
  void whatIsNoVocabularyIsRefused() {
    assertThatThrownBy(() -> new Vocabulary(List.of("<pad>", "a"), List.of(0, 1)))
        .hasMessage(
            "a vocabulary begins with [<pad>, <unk>] and counts every word, got 2 words from"
                + " [<pad>, a] on and 2 counts");
    assertThatThrownBy(() -> new Vocabulary(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Vocabulary(List.of("<pad>", "<unk>", "a", "a"), List.of(0, 0, 1, 1)))
        .hasMessage("a vocabulary has every word once, got 'a' twice");
  }
}
