package dev.fletch.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "It's GOOD, isn't it?            | it 's good , is n't it ?",
        "I can't; we'll... they've--no!  | i ca n't ; we 'll ... they 've -- no !",
        "(A re-imagining of 'Hamlet'.)   | ( a re-imagining of ' hamlet ' . )",
        "10/10, $1,000.50 at 8:30, 1930s | 10/10 , $ 1,000.50 at 8:30 , 1930s",
        "and/or R&B rock'n'roll o'clock  | and / or r&b rock'n'roll o'clock",
        "Mr. J.R. Smith of the U.S. is.  | mr. j.r. smith of the u.s. is .",
        "Plan A. And I. Then George W.   | plan a . and i . then george w.",
        "great.the end,of              | great . the end , of",
        "wow!!! ***                      | wow ! ! ! * * *",
        "don\u2019t \u2018quote\u2019 \u201cthis\u201d | do n't ' quote ' \u201c this \u201d",
        "Ça été naïve: 東京 \uD834\uDD1E | ça été naïve : 東京 \uD834\uDD1E",
        "a\u00a0b\tc\u2028d              | a b c d",
        "e\u0301te\u0301                | e\u0301te\u0301",
      })
  void wordsAreInLowerCaseAndPunctuationIsApart(String text, String words) {
    assertThat(Tokenizer.WORDS.words(text)).containsExactly(words.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it 's a charming and often affecting journey .",
        "do n't be fooled -lrb- or not -rrb- by mr. spielberg 's `` e.t. '' , j.k. said ...",
        "co-writer -- and star ; wo n't you ? we 're , i 'd , they 'll , i 'm !",
      })
  void textThatHasBeenCutIntoWordsStaysAsItIs(String text) {
    assertThat(Tokenizer.WORDS.words(text)).containsExactly(text.split(" "));
    assertThat(Tokenizer.SPACES.words(text)).containsExactly(text.split(" "));
  }

  @Test
  void spacesLeaveWordsAsTheyAre() {
    assertThat(Tokenizer.SPACES.words("  It's\tGOOD,\u00a0no? "))
        .containsExactly("It's", "GOOD,", "no?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\t\u00a0\u2003"})
  void whiteSpaceHasNoWords(String text) {
    assertThat(Tokenizer.WORDS.words(text)).isEmpty();
    assertThat(Tokenizer.SPACES.words(text)).isEmpty();
  }

  /** A word of any length, where a regular expression would overflow the stack. */
  @Test
  void aVeryLongWordIsOneWord() {
    String chain = "word-".repeat(100_000) + "end";

    assertThat(Tokenizer.WORDS.words(chain)).isEqualTo(List.of(chain));
  }
}
