package dev.fletch.data.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The words of a UTF-8 text that stand between white space. Never holds more of the text than a
 * chunk and a word, however long its lines are. Lines end in LF, the last one also where the text
 * ends; CR is white space, and a byte order mark before the first word is left out.
 */
public final class SpacedWords {
  /** Characters of the longest word: what is longer is no text, or its words stand otherwise. */
  public static final int LONGEST = 1 << 16;

  private static final int CHARACTERS = 1 << 14;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final WordConsumer words;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports, as made
  private final CharBuffer decoded = CharBuffer.allocate(CHARACTERS);
  private final StringBuilder word = new StringBuilder();
  private int line = 1;
  private int lastFault;
  private boolean isTooLong;
  private boolean isInLine;
  private boolean isFirst = true;

  private SpacedWords(WordConsumer words) {
    this.words = words;
  }

  /**
   * Hands on all words and ends of lines, in their order.
   *
   * @param chunks the bytes of the text, part by part; an empty part ends it
   */
  public static void read(Supplier<byte[]> chunks, WordConsumer words) {
    new SpacedWords(words).read(chunks);
  }

  private void read(Supplier<byte[]> chunks) {
    ByteBuffer bytes = ByteBuffer.allocate(0);
    boolean isEnd = false;
    while (!isEnd) {
      byte[] chunk = chunks.get();
      isEnd = chunk.length == 0;
      // a character may begin in one chunk and end in the next
      bytes = ByteBuffer.allocate(bytes.remaining() + chunk.length).put(bytes).put(chunk).flip();
      decode(bytes, isEnd);
    }
    if (isInLine) {
      endLine();
    }
  }

  private void decode(ByteBuffer bytes, boolean isEnd) {
    CoderResult result;
    do {
      result = decoder.decode(bytes, decoded, isEnd);
      take();
      if (result.isError()) {
        bytes.position(bytes.position() + result.length());
        isInLine = true;
        fault("is no UTF-8");
      }
    } while (!result.isUnderflow());
  }

  private void take() {
    decoded.flip();
    while (decoded.hasRemaining()) {
      take(decoded.get());
    }
    decoded.clear();
  }

  private void take(char c) {
    boolean isMark = isFirst && c == BYTE_ORDER_MARK;
    isFirst = false;
    if (isMark) {
      return;
    }
    if (c == '\n') {
      endLine();
      return;
    }
    isInLine = true;
    if (Tokenizer.isSpace(c)) {
      endWord();
    } else if (word.length() < LONGEST) {
      word.append(c);
    } else {
      isTooLong = true;
      fault(
          "has a word of more than %,d characters: words stand between white space"
              .formatted(LONGEST));
    }
  }

  private void endWord() {
    if (word.length() > 0 && !isTooLong) {
      words.word(word.toString());
    }
    word.setLength(0);
    isTooLong = false;
  }

  private void endLine() {
    endWord();
    words.endOfLine();
    line++;
    isInLine = false;
  }

  /** One of a line is enough. */
  private void fault(String reason) {
    if (lastFault < line) {
      lastFault = line;
      words.fault(line, reason);
    }
  }
}
