package dev.fletch.architecture;

/**
 * A text or JSON value is not a genotype; the message names the place, what was found there, and
 * what was expected.
 */
public final class GenotypeFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private static final String NOTATION =
      "normal=[sep_conv_3x3:0,skip_connect:1|sep_conv_3x3:0,max_pool_3x3:2|...] reduction=[...],"
          + " nodes parted by |, each gene an operation and its input";

  private GenotypeFormatException(String message, Throwable cause) {
    super(message, cause);
  }

  /** {@code position} counts characters from 1. */
  static GenotypeFormatException inText(int position, String found, String expected) {
    return new GenotypeFormatException(
        "Invalid genotype at character %d: found %s, expected %s; the notation is %s"
            .formatted(position, found, expected, NOTATION),
        null);
  }

  /** {@code path} is a JSON path such as {@code $.normal}. */
  static GenotypeFormatException inJson(String path, String found, String expected) {
    return new GenotypeFormatException(
        "Invalid genotype in JSON at %s: found %s, expected %s".formatted(path, found, expected),
        null);
  }

  static GenotypeFormatException inJson(String path, Exception cause) {
    return new GenotypeFormatException(
        "Invalid genotype in JSON at %s: %s".formatted(path, cause.getMessage()), cause);
  }
}
