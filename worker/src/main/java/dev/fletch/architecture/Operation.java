package dev.fletch.architecture;

import dev.fletch.settings.HasText;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A candidate operation of a cell ("primitive" in the DARTS code), by its name; two of one name are
 * equal. What it computes is said by the {@link OperationFamily} that has it.
 *
 * @param text the name used in genotypes, configuration and reports, for example {@code
 *     sep_conv_3x3}
 */
public record Operation(String text) implements HasText, Serializable {
  // before the constants, which it checks
  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}_.+-]+\\*?");

  public static final Operation NONE = new Operation("none");
  public static final Operation MAX_POOL_3X3 = new Operation("max_pool_3x3");
  public static final Operation AVG_POOL_3X3 = new Operation("avg_pool_3x3");
  public static final Operation SKIP_CONNECT = new Operation("skip_connect");
  public static final Operation SEP_CONV_3X3 = new Operation("sep_conv_3x3");
  public static final Operation SEP_CONV_5X5 = new Operation("sep_conv_5x5");
  public static final Operation DIL_CONV_3X3 = new Operation("dil_conv_3x3");
  public static final Operation DIL_CONV_5X5 = new Operation("dil_conv_5x5");
  public static final Operation SEP_CONV_7X7 = new Operation("sep_conv_7x7");

  /**
   * The eight operations of the DARTS search space, in the column order of alpha (Liu et al., 2019;
   * quark0/darts, {@code genotypes.py}).
   */
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

  /**
   * The operations of whole structures, which are the same on images and texts: a number is the
   * side of a window, of two sides or of one.
   */
  public static final List<Operation> STRUCTURES =
      Stream.of(
              "none",
              "identity",
              "sep_conv_1",
              "sep_conv_3",
              "sep_conv_5",
              "dil_conv_1",
              "dil_conv_3",
              "dil_conv_5",
              "avg_pool_3",
              "avg_pool_5",
              "max_pool_3",
              "max_pool_5",
              "attention")
          .map(Operation::new)
          .toList();

  /** What a skip connection is called among {@link #STRUCTURES}, and among {@link #RECURRENT}. */
  public static final Operation IDENTITY = new Operation("identity");

  public static final Operation TANH = new Operation("tanh");
  public static final Operation RELU = new Operation("relu");
  public static final Operation SIGMOID = new Operation("sigmoid");

  /**
   * The functions of recurrent cells, in the column order of alpha (Liu et al., 2019; quark0/darts,
   * {@code rnn/genotypes.py}). They have no weights, and no {@link OperationFamily}: {@link #known}
   * lists operations of images and texts.
   */
  public static final List<Operation> RECURRENT = List.of(NONE, TANH, RELU, SIGMOID, IDENTITY);

  private static final char ACTIVATED_BY = '+';
  private static final char MULTIPLIED_BY = '*';

  public Operation {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "Invalid operation '%s': a name has letters, digits, _, -, + and . only".formatted(text));
    }
  }

  /**
   * All that some family has: those of DARTS in their order, then {@link #STRUCTURES}, then the
   * others by name, then those with an activation, and at last each but none once more, multiplied.
   */
  public static List<Operation> known() {
    return KnownOperations.ALL;
  }

  /** The known operation of that name. */
  public static Optional<Operation> find(String text) {
    return known().stream().filter(o -> o.text.equals(text)).findFirst();
  }

  /** All names but those with an activation or multiplied, comma separated, for messages. */
  public static String names() {
    return known().stream()
        .filter(Operation::isListed)
        .map(Operation::text)
        .collect(Collectors.joining(", "));
  }

  /** This operation with an activation behind it, for example {@code sep_conv_3+relu}. */
  public Operation with(String activation) {
    return new Operation(text + ACTIVATED_BY + activation);
  }

  /** Whether it is another operation with an activation behind it. */
  public boolean isActivated() {
    return text.indexOf(ACTIVATED_BY) >= 0;
  }

  /**
   * The candidate of an edge that computes the same, but by which the edge's node multiplies what
   * enters it in place of adding: {@code sep_conv_3+relu*}.
   */
  public Operation multiplied() {
    return new Operation(text + MULTIPLIED_BY);
  }

  /** How a node joins it with what else enters. */
  public Aggregation aggregation() {
    return text.charAt(text.length() - 1) == MULTIPLIED_BY ? Aggregation.MULTIPLY : Aggregation.ADD;
  }

  /** What is computed, however it is joined: {@code sep_conv_3+relu} of both candidates. */
  public Operation alone() {
    return aggregation() == Aggregation.ADD
        ? this
        : new Operation(text.substring(0, text.length() - 1));
  }

  /** Whether it means "no edge": it takes part in mixing, but no genotype has it. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Whether it hands on what it reads, in either space. */
  public boolean isSkip() {
    return equals(SKIP_CONNECT) || equals(IDENTITY);
  }

  @Override
  public boolean isListed() {
    return !isActivated() && aggregation() == Aggregation.ADD;
  }

  @Override
  public String toString() {
    return text;
  }
}
