package dev.fletch.data;

import java.io.IOException;

/** Decodes image files into squares, within the memory that there is. */
final class ImageDecoder {
  private final DecodingMemory memory;

  ImageDecoder(DecodingMemory memory) {
    this.memory = memory;
  }

  /**
   * Writes the image as {@code [3, side, side]} into {@code out} from {@code to} on: its shorter
   * side resized to {@code side}, and the middle taken.
   *
   * @throws DataException naming the file, if it cannot be read or decoded, or is too large
   */
  void square(DataFile file, int side, byte[] out, int to) {
    byte[] bytes;
    try (DataInput in = file.open()) {
      bytes = in.rest(memory.limit());
    }
    try (StoredImage image = StoredImage.of(bytes)) {
      memory.decode(image.size(), () -> image.planes().square(side, out, to));
    } catch (IOException | RuntimeException e) { // decoders throw either on damaged files
      throw new DataException("Cannot decode the image %s: %s".formatted(file, reason(e)), e);
    }
  }

  /** In one line, whatever a decoder wrote. */
  private static String reason(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause().getMessage() != null) {
      cause = cause.getCause(); // decoders wrap what they know into "Error reading image data"
    }
    return cause.getMessage() == null
        ? cause.getClass().getSimpleName()
        : String.join(" ", cause.getMessage().strip().lines().toList());
  }
}
