package dev.fletch.architecture;

import dev.fletch.settings.HasText;
import dev.fletch.settings.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the text form.
 *
 * <pre>
 * genome     = "genome output=" number " nodes=[" node { "|" node } "] connections=["
 *              [ connection { "," connection } ] "]"
 * node       = number ":" aggregation "(" port "," port ")"    port = operation [ "+" activation ]
 * connection = number ":" state ">" node ":" ( "I" | "J" ) [ ":off" ]
 * </pre>
 */
final class GenomeParser {
  private static final Pattern START = Pattern.compile("\\s*genome\\b");
  private static final Pattern SPACE = Pattern.compile("\\s*");

  /** As operations are called, which leaves out the sign before an activation. */
  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}_.-]*");

  // more digits might not fit an int
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final Matcher matcher;
  private final String text;
  private int at;

  GenomeParser(String text) {
    this.text = text;
    this.matcher = NAME.matcher(text);
  }

  /** Whether {@code text} begins as a genome does. */
  static boolean isWrittenSo(String text) {
    return START.matcher(text).lookingAt();
  }

  Genome genome() {
    try {
      return wholeGenome();
    } catch (GenotypeFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw GenotypeFormatException.of(e);
    }
  }

  private Genome wholeGenome() {
    read(SPACE);
    symbols("genome");
    read(SPACE);
    symbols("output=");
    int output = number("the key of the output node");
    read(SPACE);
    symbols("nodes=[");
    List<NodeGene> nodes = list('|', this::node);
    read(SPACE);
    symbols("connections=[");
    List<ConnectionGene> connections = list(',', this::connection);
    read(SPACE);
    if (at < text.length()) {
      throw problem(at, "the end");
    }
    return new Genome(nodes, connections, output);
  }

  private <T> List<T> list(char separator, Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    if (skip("]")) {
      return elements;
    }
    do {
      elements.add(element.get());
    } while (skip(Character.toString(separator)));
    symbols("]");
    return elements;
  }

  private NodeGene node() {
    int key = number("the key of a node");
    symbols(":");
    Aggregation aggregation = oneOf(Aggregation.values());
    symbols("(");
    PortGene i = port();
    symbols(",");
    PortGene j = port();
    symbols(")");
    return new NodeGene(key, i, j, aggregation);
  }

  private PortGene port() {
    int start = at;
    String name = read(NAME);
    Operation operation = Operation.find(name).orElseThrow(() -> problem(start, operations(name)));
    boolean activated = skip(Character.toString(PortGene.SEPARATOR));
    return new PortGene(operation, activated ? oneOf(Activation.values()) : Activation.IDENTITY);
  }

  /** What is expected instead of {@code name}. */
  static String operations(String name) {
    List<String> names = Operation.known().stream().map(Operation::text).toList();
    String suggestion =
        name.isEmpty()
            ? ""
            : Nearest.to(name, names).map(n -> "; did you mean " + n + "?").orElse("");
    return "one of " + Operation.names() + suggestion;
  }

  private ConnectionGene connection() {
    int innovation = number("the innovation number of a connection");
    symbols(":");
    int from = number("the state that the connection leaves");
    symbols(">");
    int to = number("the node that the connection enters");
    symbols(":");
    boolean isI = skip(Port.I.name());
    if (!isI && !skip(Port.J.name())) {
      throw problem(at, "I or J");
    }
    return new ConnectionGene(innovation, from, to, isI ? Port.I : Port.J, !skip(":off"));
  }

  private <T extends HasText> T oneOf(T[] values) {
    int start = at;
    String name = read(NAME);
    return Arrays.stream(values)
        .filter(value -> value.text().equals(name))
        .findFirst()
        .orElseThrow(() -> problem(start, names(values)));
  }

  /** What is expected: one of {@code values}. */
  static String names(HasText[] values) {
    return Arrays.stream(values)
        .map(HasText::text)
        .collect(Collectors.joining(", ", "one of ", ""));
  }

  private int number(String expected) {
    int start = at;
    String digits = read(NUMBER);
    if (digits.isEmpty()) {
      throw problem(start, expected);
    }
    return Integer.parseInt(digits);
  }

  private void symbols(String expected) {
    if (!skip(expected)) {
      throw problem(at, "'" + expected + "'");
    }
  }

  private boolean skip(String symbols) {
    boolean found = text.startsWith(symbols, at);
    at += found ? symbols.length() : 0;
    return found;
  }

  /** What {@code pattern} finds next; nothing is the empty text. */
  private String read(Pattern pattern) {
    matcher.usePattern(pattern).region(at, text.length());
    if (!matcher.lookingAt()) {
      return "";
    }
    at = matcher.end();
    return matcher.group();
  }

  private GenotypeFormatException problem(int start, String expected) {
    at = start;
    String word = read(NAME);
    String found =
        start == text.length()
            ? "the end"
            : "'" + (word.isEmpty() ? text.substring(start, start + 1) : word) + "'";
    return GenotypeFormatException.inGenomeText(start + 1, found, expected);
  }
}
