package dev.fletch.network;

import dev.fletch.architecture.Phenotype.Place;
import dev.fletch.architecture.Port;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a weight or of a batch norm that the operation at a port of a genome has in its
 * network: {@code copies.0.nodes.3.I.op.1.weight}.
 *
 * @param copy of the structure: {@code copies.0}
 * @param place the port, by the node's key in the genome
 * @param rest what the operation calls it: {@code op.1.weight}
 */
public record PortName(String copy, Place place, String rest) {
  private static final Pattern NAME =
      Pattern.compile("(copies\\.\\d+)\\.nodes\\.(\\d+)\\.([IJ])\\.(.+)");

  /** What all names of a port begin with. */
  static String beginning(String copy, Place place) {
    return copy + ".nodes." + place.node() + "." + place.port();
  }

  /** Empty if it is the name of what no port has, as of the stem's weights. */
  public static Optional<PortName> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Place place = new Place(Integer.parseInt(matcher.group(2)), Port.valueOf(matcher.group(3)));
    return Optional.of(new PortName(matcher.group(1), place, matcher.group(4)));
  }

  /** The name that the same has at another port. */
  public PortName at(Place other) {
    return new PortName(copy, other, rest);
  }

  public String text() {
    return beginning(copy, place) + "." + rest;
  }
}
