package dev.fletch.data.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The lines of a UTF-8 text, one after the other. They end in LF or CR LF; a byte order mark before
 * the first is left out.
 */
public final class Lines {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Supplier<byte[]> chunks;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports, as made
  private byte[] chunk = new byte[0];
  private int at;
  private int number;

  /**
   * @param chunks the bytes of the text, part by part; an empty part ends it
   */
  public Lines(Supplier<byte[]> chunks) {
    this.chunks = chunks;
  }

  /**
   * @param number from 1
   * @param text without its end; empty if its bytes are no UTF-8
   */
  record Line(int number, String text, boolean isUtf8) {}

  /** The next line, or nothing after the last one. */
  Optional<Line> next() {
    if (at == chunk.length && !fill()) {
      return Optional.empty();
    }
    number++;
    int end = end();
    if (end < chunk.length) {
      Line line = line(ByteBuffer.wrap(chunk, at, end - at));
      at = end + 1;
      return Optional.of(line);
    }
    return Optional.of(acrossChunks());
  }

  /** The next line that is text; those before it that are none are faults. */
  Optional<Line> nextText(Faults faults) {
    Optional<Line> line = next();
    while (line.isPresent() && !line.get().isUtf8()) {
      faults.fault(line.get().number(), "is no UTF-8");
      line = next();
    }
    return line;
  }

  private Line acrossChunks() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    do {
      int end = end();
      bytes.write(chunk, at, end - at);
      if (end < chunk.length) {
        at = end + 1;
        break;
      }
    } while (fill());
    return line(ByteBuffer.wrap(bytes.toByteArray()));
  }

  private boolean fill() {
    chunk = chunks.get();
    at = 0;
    return chunk.length > 0;
  }

  /** Where the line ends within the chunk, or the end of the chunk. */
  private int end() {
    int end = at;
    while (end < chunk.length && chunk[end] != '\n') {
      end++;
    }
    return end;
  }

  private Line line(ByteBuffer bytes) {
    try {
      String text = decoder.decode(bytes).toString();
      if (number == 1 && text.startsWith(BYTE_ORDER_MARK)) {
        text = text.substring(1);
      }
      return new Line(
          number, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, true);
    } catch (CharacterCodingException e) {
      return new Line(number, "", false);
    }
  }
}
