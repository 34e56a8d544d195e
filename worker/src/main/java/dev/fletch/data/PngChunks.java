package dev.fletch.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (PNG specification, section 5). The JDK reads over checksums that are
 * wrong and chunks that are missing.
 */
final class PngChunks {
  private static final long SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int FRAME = 12;

  private PngChunks() {}

  static boolean begins(byte[] bytes) {
    return bytes.length >= Long.BYTES && ByteBuffer.wrap(bytes).getLong() == SIGNATURE;
  }

  /**
   * @throws IOException if a chunk that images need is damaged, or the last one is missing
   */
  static void check(byte[] bytes) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(bytes).position(Long.BYTES);
    String name = "";
    while (!name.equals("IEND")) {
      int length = file.remaining() < FRAME ? -1 : file.getInt(file.position());
      if (length < 0 || length > file.remaining() - FRAME) {
        throw new IOException(BytesInput.TRUNCATED);
      }
      int from = file.position() + Integer.BYTES;
      name = new String(bytes, from, Integer.BYTES, StandardCharsets.ISO_8859_1);
      CRC32 sum = new CRC32();
      sum.update(bytes, from, Integer.BYTES + length);
      if (isCritical(name) && (int) sum.getValue() != file.getInt(from + Integer.BYTES + length)) {
        throw new IOException("it is damaged, the checksum of a chunk " + name + " is wrong");
      }
      file.position(file.position() + FRAME + length);
    }
  }

  /** Those that may be left out begin with a small letter. */
  private static boolean isCritical(String name) {
    return (name.charAt(0) & 0x20) == 0;
  }
}
