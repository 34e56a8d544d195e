package dev.fletch.data;

import java.io.IOException;
import java.util.List;

/** How libjpeg understands the components of a file, and makes colours of them. */
enum JpegColours {
  GREY(1),
  RGB(3),
  YCC(3),
  CMYK(4),
  YCCK(4);

  /** In place of a colour transform: there is no segment of Adobe's. */
  static final int NO_ADOBE = -1;

  private static final int FRACTION = 16;
  private static final int HALF = 1 << (FRACTION - 1);

  private final int components;

  JpegColours(int components) {
    this.components = components;
  }

  int components() {
    return components;
  }

  /**
   * @param components their identifiers
   * @param adobe colour transform in Adobe's segment, or {@link #NO_ADOBE}
   * @throws IOException if no colours have so many components
   */
  static JpegColours of(List<Integer> components, boolean jfif, int adobe) throws IOException {
    return switch (components.size()) {
      case 1 -> GREY;
      case 3 -> {
        boolean named = !jfif && adobe == NO_ADOBE && components.equals(List.of(82, 71, 66));
        yield named || (!jfif && adobe == 0) ? RGB : YCC; // 82, 71, 66 read "RGB"
      }
      case 4 -> adobe == NO_ADOBE || adobe == 0 ? CMYK : YCCK;
      default -> throw new IOException("it has " + components.size() + " components, not 1, 3, 4");
    };
  }

  /**
   * Writes one row of red, green and blue.
   *
   * @param row the components of every pixel in turn, each 0 to 255
   * @param width in pixels
   */
  void write(int[] row, int width, List<byte[]> planes, int at) {
    for (int i = 0; i < width; i++) {
      int from = i * components;
      switch (this) {
        case GREY -> set(planes, at + i, row[from], row[from], row[from]);
        case RGB -> set(planes, at + i, row[from], row[from + 1], row[from + 2]);
        case YCC -> {
          int blue = row[from + 1] - 128;
          int red = row[from + 2] - 128;
          set(
              planes,
              at + i,
              red(row[from], red),
              green(row[from], blue, red),
              blue(row[from], blue));
        }
        case CMYK -> {
          int black = row[from + 3];
          set(
              planes,
              at + i,
              ink(row[from], black),
              ink(row[from + 1], black),
              ink(row[from + 2], black));
        }
        case YCCK -> {
          // Of the three that are stored as luminance and colour, the complements are the inks.
          int blue = row[from + 1] - 128;
          int red = row[from + 2] - 128;
          int black = row[from + 3];
          set(
              planes,
              at + i,
              ink(255 - red(row[from], red), black),
              ink(255 - green(row[from], blue, red), black),
              ink(255 - blue(row[from], blue), black));
        }
      }
    }
  }

  private static void set(List<byte[]> planes, int at, int red, int green, int blue) {
    planes.get(0)[at] = (byte) red;
    planes.get(1)[at] = (byte) green;
    planes.get(2)[at] = (byte) blue;
  }

  // In integers as libjpeg's jdcolor.c has them, so that the same file gives the same bytes.

  private static int red(int y, int red) {
    return clipped(y + ((fixed(1.40200) * red + HALF) >> FRACTION));
  }

  private static int green(int y, int blue, int red) {
    return clipped(y + ((-fixed(0.34414) * blue - fixed(0.71414) * red + HALF) >> FRACTION));
  }

  private static int blue(int y, int blue) {
    return clipped(y + ((fixed(1.77200) * blue + HALF) >> FRACTION));
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << FRACTION) + 0.5);
  }

  /**
   * Paper under an ink and black. Four components are taken for stored inverted, as Adobe's
   * programs and Pillow do: 255 is no ink.
   */
  private static int ink(int ink, int black) {
    int product = (255 - ink) * black + 128;
    return clipped(black - (((product >> 8) + product) >> 8));
  }

  private static int clipped(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
