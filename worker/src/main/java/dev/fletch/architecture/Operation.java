package dev.fletch.architecture;

import dev.fletch.settings.HasText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A candidate operation of a cell ("primitive" in the DARTS code). The order of {@link #DARTS} is
 * the column order of alpha (Liu et al., 2019; quark0/darts, {@code genotypes.py}).
 */
public enum Operation implements HasText {
  NONE("none"),
  MAX_POOL_3X3("max_pool_3x3"),
  AVG_POOL_3X3("avg_pool_3x3"),
  SKIP_CONNECT("skip_connect"),
  SEP_CONV_3X3("sep_conv_3x3"),
  SEP_CONV_5X5("sep_conv_5x5"),
  DIL_CONV_3X3("dil_conv_3x3"),
  DIL_CONV_5X5("dil_conv_5x5"),
  /** Only in given genotypes, never searched. */
  SEP_CONV_7X7("sep_conv_7x7");

  /** The eight operations of the DARTS search space, in the column order of alpha. */
  public static final List<Operation> DARTS =
      List.of(
          NONE,
          MAX_POOL_3X3,
          AVG_POOL_3X3,
          SKIP_CONNECT,
          SEP_CONV_3X3,
          SEP_CONV_5X5,
          DIL_CONV_3X3,
          DIL_CONV_5X5);

  private final String text;

  Operation(String text) {
    this.text = text;
  }

  /** The name used in genotypes, configuration and reports, for example {@code sep_conv_3x3}. */
  @Override
  public String text() {
    return text;
  }

  public static Optional<Operation> find(String text) {
    return Arrays.stream(values()).filter(o -> o.text.equals(text)).findFirst();
  }

  /** All names, comma separated, for messages. */
  public static String names() {
    return Arrays.stream(values()).map(Operation::text).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text;
  }
}
