package dev.fletch.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the markers of a JPEG file say (ITU-T T.81, annex B).
 *
 * @param progressive whether all coefficients are held before the first row is decoded
 * @param colours how the components are to be understood
 */
record JpegHeader(int width, int height, boolean progressive, JpegColours colours) {
  private static final int ESCAPE = 0xff;
  private static final int END_OF_IMAGE = 0xd9;

  static boolean begins(byte[] bytes) {
    return bytes.length > 1 && (bytes[0] & 0xff) == ESCAPE && (bytes[1] & 0xff) == 0xd8;
  }

  /**
   * @throws IOException if the file ends before its image does
   */
  static JpegHeader of(byte[] bytes) throws IOException {
    Markers markers = new Markers(bytes);
    markers.read();
    if (markers.frame == null) {
      throw new IOException("it has no frame header");
    }
    return new JpegHeader(
        markers.frame.width(),
        markers.frame.height(),
        markers.frame.progressive(),
        JpegColours.of(markers.frame.components(), markers.jfif, markers.adobe));
  }

  private record Frame(int width, int height, boolean progressive, List<Integer> components) {}

  /** Goes from marker to marker up to the end of the image; thumbnails lie within segments. */
  private static final class Markers {
    private final byte[] bytes;
    private int at = 2;
    private Frame frame;
    private boolean jfif;
    private int adobe = JpegColours.NO_ADOBE;

    Markers(byte[] bytes) {
      this.bytes = bytes;
    }

    void read() throws IOException {
      for (int marker = next(); marker != END_OF_IMAGE; marker = next()) {
        if (!standsAlone(marker)) {
          int length = at + 2 <= bytes.length ? word(at) : Integer.MAX_VALUE;
          if (length > bytes.length - at) {
            throw truncated();
          }
          segment(marker, at + 2, length - 2);
          at += Math.max(2, length);
        }
      }
    }

    /** Entropy-coded data lies between markers: there a stuffed 0 follows each 0xff. */
    private int next() throws IOException {
      int marker = 0;
      while (marker == 0) {
        while (at < bytes.length && unsigned(at) != ESCAPE) {
          at++;
        }
        while (at < bytes.length && unsigned(at) == ESCAPE) {
          at++;
        }
        if (at >= bytes.length) {
          throw truncated();
        }
        marker = unsigned(at++);
      }
      return marker;
    }

    private static boolean standsAlone(int marker) {
      return (marker >= 0xd0 && marker <= 0xd8) || marker == 0x01;
    }

    private void segment(int marker, int from, int length) throws IOException {
      boolean table = marker == 0xc4 || marker == 0xc8 || marker == 0xcc;
      if (marker >= 0xc0 && marker <= 0xcf && !table && frame == null) {
        if (length < 6 || length < 6 + 3 * unsigned(from + 5)) {
          throw new IOException("its frame header is damaged");
        }
        List<Integer> components = new ArrayList<>();
        for (int i = 0; i < unsigned(from + 5); i++) {
          components.add(unsigned(from + 6 + 3 * i));
        }
        frame = new Frame(word(from + 3), word(from + 1), (marker & 2) != 0, components);
      } else if (marker == 0xe0 && length >= 14 && says("JFIF\0", from)) {
        jfif = true;
      } else if (marker == 0xee && length >= 12 && says("Adobe", from)) {
        adobe = unsigned(from + 11);
      }
    }

    private boolean says(String text, int from) {
      return new String(bytes, from, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    private int word(int from) {
      return unsigned(from) << 8 | unsigned(from + 1);
    }

    private int unsigned(int from) {
      return bytes[from] & 0xff;
    }

    private static IOException truncated() {
      return new IOException(BytesInput.TRUNCATED);
    }
  }
}
