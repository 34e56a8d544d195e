package dev.fletch.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the text form of a recurrent cell.
 *
 * <pre>
 * cell  = "recurrent=[" genes "]" [ "output=[" state { "," state } "]" ]
 * genes = "tanh" | gene { "|" gene }          gene = function ":" state
 * </pre>
 */
final class RecurrentParser {
  /** The plain cell's one function, which is of no state. */
  static final String PLAIN = "tanh";

  private static final Pattern START = Pattern.compile("\\s*recurrent\\s*=");

  private final String text;
  private final GenotypeScanner scanner;

  RecurrentParser(String text) {
    this.text = text;
    this.scanner = new GenotypeScanner(text, GenotypeFormatException.RECURRENT_NOTATION);
  }

  /** Whether {@code text} is meant to be a recurrent cell, in this notation or in Python's. */
  static boolean isWrittenSo(String text) {
    return START.matcher(text).lookingAt() || PythonGenotypeParser.isRecurrent(text);
  }

  RecurrentCell cell() {
    if (PythonGenotypeParser.isWrittenSo(text)) {
      return new PythonGenotypeParser(text).recurrentCell();
    }
    scanner.space();
    scanner.word("recurrent");
    scanner.symbol('=');
    scanner.symbol('[');
    List<Gene> nodes = nodes();
    scanner.symbol(']');
    scanner.space();
    List<Integer> output =
        nodes.isEmpty()
            ? RecurrentCell.PLAIN.output()
            : scanner.isAtEnd() ? RecurrentCell.allNodes(nodes.size()) : output(nodes.size());
    scanner.end();
    return checked(nodes, output);
  }

  /** The genes alone; none of the plain cell. */
  List<Gene> genes() {
    List<Gene> nodes = nodes();
    scanner.end();
    return nodes;
  }

  private List<Gene> nodes() {
    List<Gene> nodes = new ArrayList<>();
    do {
      Operation function = scanner.function();
      boolean mayBePlain = nodes.isEmpty() && function.text().equals(PLAIN);
      if (!mayBePlain) {
        scanner.symbol(':');
      } else if (!scanner.skip(':')) {
        return nodes;
      }
      nodes.add(new Gene(function, scanner.state(nodes.size())));
    } while (scanner.skip('|'));
    return nodes;
  }

  private List<Integer> output(int nodes) {
    scanner.word("output");
    scanner.symbol('=');
    scanner.symbol('[');
    List<Integer> output = new ArrayList<>();
    do {
      output.add(scanner.number(nodes, "a state from 1 to " + nodes));
    } while (scanner.skip(','));
    scanner.symbol(']');
    return output;
  }

  static RecurrentCell checked(List<Gene> nodes, List<Integer> output) {
    try {
      return new RecurrentCell(nodes, output);
    } catch (IllegalArgumentException e) {
      throw GenotypeFormatException.of(e);
    }
  }
}
