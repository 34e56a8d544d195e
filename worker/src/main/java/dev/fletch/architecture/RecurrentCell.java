package dev.fletch.architecture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The cell of a recurrent network (Liu et al., 2019, section 2.1 and appendix A.2): each node
 * applies one function to one state before it. State 0 is made of the word and of what the cell
 * gave at the time before; state i + 1 is node i. The cell's output is the mean of all nodes.
 *
 * @param nodes a gene for each node; its operation is a function, its input a state before the node
 */
public record RecurrentCell(List<Gene> nodes) implements Architecture {
  public RecurrentCell {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("Invalid recurrent cell: it must have at least one node");
    }
    for (int node = 0; node < nodes.size(); node++) {
      if (nodes.get(node).input() > node) {
        throw new IllegalArgumentException(
            "Invalid recurrent cell: node %d has the gene %s, but may only use the states 0 to %d"
                .formatted(node, nodes.get(node), node));
      }
    }
  }

  @Override
  public String text() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ObjectNode json() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean describesSameNetworkAs(Architecture other) {
    return equals(other);
  }
}
