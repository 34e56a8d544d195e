package dev.fletch.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same words and lines, however the bytes arrive. */
class SpacedWordsTest {
  private static List<String> read(byte[] text, int chunk) {
    List<String> read = new ArrayList<>();
    int[] at = new int[1];
    SpacedWords.read(
        () -> {
          byte[] next = Arrays.copyOfRange(text, at[0], Math.min(text.length, at[0] + chunk));
          at[0] += next.length;
          return next;
        },
        new WordConsumer() {
          @Override
          public void word(String word) {
            read.add(word);
          }

          @Override
          public void endOfLine() {
            read.add("|");
          }

          @Override
          public void fault(int line, String reason) {
            read.add(line + " " + reason);
          }
        });
    return read;
  }

  private static List<String> read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8), 1 << 16);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1000})
  void charactersMayLieAcrossChunks(int chunk) {
    byte[] text =
        "\ufeffeins zwölf\n\n 語\ud83d\ude00\u00a0x\ty \r\nlast".getBytes(StandardCharsets.UTF_8);

    assertThat(read(text, chunk))
        .containsExactly("eins", "zwölf", "|", "|", "語\ud83d\ude00", "x", "y", "|", "last", "|");
  }

  @Test
  void emptyLinesEndAndNothingFollowsTheLastEnd() {
    assertThat(read("")).isEmpty();
    assertThat(read("\n")).containsExactly("|");
    assertThat(read("a\n\n")).containsExactly("a", "|", "|");
    assertThat(read("a\n ")).containsExactly("a", "|", "|");
    assertThat(read("\ufeff")).isEmpty();
    assertThat(read("a\ufeff")).containsExactly("a\ufeff", "|");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 1000})
  void whatIsNoUtf8IsAFaultOfItsLine(int chunk) {
    byte[] text = "a\nb ?? c\nd ?".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      text[i] = text[i] == '?' ? (byte) 0xe4 : text[i];
    }

    assertThat(read(text, chunk))
        .contains("2 is no UTF-8", "3 is no UTF-8", "a", "b", "c", "d")
        .filteredOn(found -> found.endsWith("UTF-8"))
        .hasSize(2);
  }

  @Test
  void wordsHaveALongestLength() {
    String longest = "x".repeat(SpacedWords.LONGEST);

    assertThat(read(longest + " a")).containsExactly(longest, "a", "|");
    assertThat(read(longest + "x " + longest + "xx a"))
        .containsExactly(
            "1 has a word of more than 65,536 characters: words stand between white space",
            "a",
            "|");
  }
}
