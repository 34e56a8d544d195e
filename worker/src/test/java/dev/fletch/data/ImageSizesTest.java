package dev.fletch.data;

import static dev.fletch.data.SampleImages.data;
import static dev.fletch.data.SampleImages.header;
import static dev.fletch.data.SampleImages.png;
import static dev.fletch.data.SampleImages.stored;
import static dev.fletch.data.SampleImages.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sizes are read from the header first, and never exhaust the memory. */
class ImageSizesTest {
  private static final long GIBIBYTE = 1L << 30;

  private static DataFile file(byte[] bytes) {
    return new DataFile("x/ant/1.png", () -> new ByteArrayInputStream(bytes));
  }

  private static byte[] square(long memory, byte[] image, int side) {
    byte[] out = new byte[3 * side * side];
    new ImageDecoder(new DecodingMemory(memory)).square(file(image), side, out, 0);
    return out;
  }

  private static void assertRefused(long memory, byte[] image, String reason) {
    assertThatThrownBy(() -> square(memory, image, 4))
        .isInstanceOf(DataException.class)
        .hasMessage("Cannot decode the image x/ant/1.png: " + reason);
  }

  private static byte[] hugePng(int width, int height) {
    return png(header(width, height, 8, 2), data(1, 2, 3));
  }

  @Test
  void whatDoesNotFitIsNamedWithItsSizeAndTheLimit() {
    String advice =
        " (half of the heap): make it smaller, or give driver and executors more memory";
    assertRefused(
        GIBIBYTE / 2,
        hugePng(20_000, 20_000),
        "its 20000 x 20000 pixels need 2288 MiB, the limit is 512 MiB" + advice);
    assertRefused(
        GIBIBYTE,
        png(header(Integer.MAX_VALUE, Integer.MAX_VALUE, 16, 6), data(1)),
        "its 2147483647 x 2147483647 pixels need 8796093022207 MiB, the limit is 1024 MiB"
            + advice);
    assertRefused(
        1000 * GIBIBYTE,
        hugePng(30_000, 30_000),
        "its 30000 x 30000 pixels do not fit into one array, the limit is 2 GiB: make it smaller");
  }

  @Test
  void theHeadersOfOtherFormatsAreReadFirstToo() {
    byte[] jpeg = stored("23_grey.jpg");
    for (int i = 0; i < jpeg.length - 1; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
        ByteBuffer.wrap(jpeg).putShort(i + 5, (short) 60_000).putShort(i + 7, (short) 50_000);
      }
    }
    BufferedImage small = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    byte[] gif = written(small, "gif");
    int frame = new String(gif, StandardCharsets.ISO_8859_1).lastIndexOf(',');
    ByteBuffer.wrap(gif).putInt(frame + 5, -1);
    byte[] bmp = written(small, "bmp");
    ByteBuffer.wrap(bmp).putInt(18, 0x204e0000).putInt(22, 0x204e0000); // little-endian
    String limit =
        "the limit is 64 MiB (half of the heap): make it smaller, or give driver and executors more"
            + " memory";

    assertRefused(GIBIBYTE / 16, jpeg, "its 50000 x 60000 pixels need 5722 MiB, " + limit);
    assertRefused(GIBIBYTE / 16, gif, "its 65535 x 65535 pixels need 16383 MiB, " + limit);
    assertRefused(GIBIBYTE / 16, bmp, "its 20000 x 20000 pixels need 762 MiB, " + limit);
  }

  /** A header may announce more rows than there are data for. */
  @Test
  void aHeaderThatLies() {
    assertThatThrownBy(() -> square(GIBIBYTE / 4, hugePng(500, 500), 4))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Cannot decode the image x/ant/1.png: ");
  }

  @Test
  void aFileBeyondTheLimitIsNotReadToItsEnd() {
    assertThatThrownBy(() -> square(1 << 20, new byte[(1 << 20) + 1], 4))
        .isInstanceOf(DataException.class)
        .hasMessage("Cannot use x/ant/1.png: it is longer than the limit of 1 MiB");
  }

  /** Left to right 0 to 239, each value for 250 pixels: the middle pixels are all 119 or 120. */
  @Test
  void aStripIsResizedByItsShorterSide() {
    BufferedImage strip = new BufferedImage(60_000, 1, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage column = new BufferedImage(1, 60_000, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 60_000; i++) {
      strip.getRaster().setSample(i, 0, 0, i / 250);
      column.getRaster().setSample(0, i, 0, i / 250);
    }
    byte[] across = square(GIBIBYTE, written(strip, "png"), 256);
    byte[] down = square(GIBIBYTE, written(column, "png"), 256);

    for (int i = 0; i < across.length; i++) {
      int y = i / 256 % 256;
      int x = i % 256;
      assertThat(across[i]).isBetween((byte) 119, (byte) 120);
      assertThat(across[i]).isEqualTo(down[i / 65_536 * 65_536 + x * 256 + y]);
    }
    assertThat(new int[] {across[0], across[255]}).containsExactly(119, 120);
  }

  @Test
  void threadsWaitForEachOthersMemory() throws IOException {
    DecodingMemory memory = new DecodingMemory(10 << 20);
    DecodingMemory.ImageSize size = new DecodingMemory.ImageSize(1000, 1000, 3, 6);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    IntStream.range(0, 40)
        .parallel()
        .forEach(
            i -> {
              try {
                memory.decode(
                    size,
                    () -> {
                      most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                      Thread.yield();
                      atOnce.decrementAndGet();
                    });
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    assertThat(most).hasValue(1); // 5.7 of 10 MiB each
    assertThat(size.bytes()).isEqualTo(6_000_000);
  }
}
