package dev.fletch.architecture;

/**
 * A text or JSON value is not a genotype; the message names the place, what was found there, and
 * what was expected.
 */
public final class GenotypeFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  static final String NOTATION =
      "normal=[sep_conv_3x3:0,skip_connect:1|sep_conv_3x3:0,max_pool_3x3:2|...] reduction=[...],"
          + " nodes parted by |, each gene an operation and its input";

  static final String RECURRENT_NOTATION =
      "recurrent=[tanh:0|relu:1|...], nodes parted by |, each a function and its state";

  private static final String GENOME_NOTATION =
      "genome output=1 nodes=[1:add(sep_conv_3x3+relu,skip_connect)|...]"
          + " connections=[1:0>1:I,2:0>1:J:off,...], each connection its innovation number,"
          + " state > node and port";

  private GenotypeFormatException(String message, Throwable cause) {
    super(message, cause);
  }

  /** {@code position} counts characters from 1. */
  static GenotypeFormatException inText(
      int position, String found, String expected, String notation) {
    return new GenotypeFormatException(
        "Invalid genotype at character %d: found %s, expected %s; the notation is %s"
            .formatted(position, found, expected, notation),
        null);
  }

  /** {@code position} counts characters from 1. */
  static GenotypeFormatException inGenomeText(int position, String found, String expected) {
    return new GenotypeFormatException(
        "Invalid genome at character %d: found %s, expected %s; the notation is %s"
            .formatted(position, found, expected, GENOME_NOTATION),
        null);
  }

  /** A genome that is well written but breaks a rule. */
  static GenotypeFormatException of(IllegalArgumentException rule) {
    return new GenotypeFormatException(rule.getMessage(), rule);
  }

  /** {@code what} the document is about, such as {@code genome}; {@code path} is a JSON path. */
  static GenotypeFormatException inJson(String what, String path, String found, String expected) {
    return new GenotypeFormatException(
        "Invalid %s in JSON at %s: found %s, expected %s".formatted(what, path, found, expected),
        null);
  }

  static GenotypeFormatException inJson(String what, String path, Exception cause) {
    return new GenotypeFormatException(
        "Invalid %s in JSON at %s: %s".formatted(what, path, cause.getMessage()), cause);
  }

  /** {@code path} is a JSON path such as {@code $.normal}. */
  static GenotypeFormatException inJson(String path, String found, String expected) {
    return inJson("genotype", path, found, expected);
  }

  static GenotypeFormatException inJson(String path, Exception cause) {
    return inJson("genotype", path, cause);
  }
}
