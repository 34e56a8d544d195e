package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Phenotype.Input;
import dev.fletch.architecture.Phenotype.Node;
import dev.fletch.architecture.Phenotype.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhenotypeTest {
  private static final PortGene SKIP = new PortGene(Operation.SKIP_CONNECT, Activation.IDENTITY);
  private static final PortGene CONVOLUTION = new PortGene(Operation.SEP_CONV_3X3, Activation.RELU);

  /** Nodes 3 and 5 lead to 1; 3 is read before 5 is. Node 7 leads nowhere, 8 has no input. */
  @Test
  void hasTheNodesThatLeadFromInputToOutput() {
    Genome genome =
        genome(
            "1:add(skip_connect,skip_connect)|3:add(sep_conv_3x3+relu,skip_connect)"
                + "|5:multiply(skip_connect,sep_conv_3x3+relu)|7:add(skip_connect,skip_connect)"
                + "|8:add(skip_connect,skip_connect)",
            "1:0>1:I:off,2:0>1:J:off,3:0>5:I,4:5>3:I,5:3>1:I,6:5>1:I,7:0>1:I,8:5>7:I,9:8>1:J,"
                + "10:8>5:J,12:3>1:I,13:0>5:J");

    assertThat(genome.phenotype())
        .isEqualTo(
            new Phenotype(
                List.of(
                    new Node(
                        5,
                        List.of(
                            new Input(Port.I, SKIP, List.of(0)),
                            new Input(Port.J, CONVOLUTION, List.of(0))),
                        Aggregation.MULTIPLY),
                    new Node(
                        3, List.of(new Input(Port.I, CONVOLUTION, List.of(1))), Aggregation.ADD),
                    new Node(
                        1, List.of(new Input(Port.I, SKIP, List.of(0, 1, 2))), Aggregation.ADD))));
    assertThat(genome.phenotype().connections()).isEqualTo(2 + 1 + 3);
    assertThat(genome.phenotype().ports())
        .containsExactly(
            Map.entry(new Place(5, Port.I), SKIP),
            Map.entry(new Place(5, Port.J), CONVOLUTION),
            Map.entry(new Place(3, Port.I), CONVOLUTION),
            Map.entry(new Place(1, Port.I), SKIP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1:add(skip_connect,skip_connect); 1:0>1:I:off",
        "1:add(none,skip_connect); 1:0>1:I",
        "1:add(skip_connect,skip_connect)|2:add(none,none); 1:0>2:I,2:2>1:I"
      })
  void isEmptyWhereNothingLeadsToTheOutput(String nodes, String connections) {
    Phenotype phenotype = genome(nodes, connections).phenotype();

    assertThat(phenotype.isEmpty()).isTrue();
    assertThat(phenotype.connections()).isZero();
  }

  /** Each with a node of two ports at the end that reads the input and the first node. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // ports exchanged, keys other ones
        "1:add(sep_conv_3x3,skip_connect)|2:add(max_pool_3x3,none); 1:0>2:I,2:2>1:I,3:0>1:J;"
            + "1:add(skip_connect,sep_conv_3x3)|7:add(none,max_pool_3x3); 4:0>1:I,5:0>7:J,6:7>1:J;"
            + "true",
        // twice the same connection, and one that is off
        "1:add(sep_conv_3x3,skip_connect); 1:0>1:I,2:0>1:J;"
            + "1:add(sep_conv_3x3,skip_connect); 1:0>1:I:off,2:0>1:J,3:0>1:I,4:0>1:I; true",
        // the aggregation of a node with one port
        "1:add(sep_conv_3x3,skip_connect); 1:0>1:I;"
            + "1:multiply(sep_conv_3x3,max_pool_3x3); 1:0>1:I; true",
        "1:add(sep_conv_3x3,skip_connect); 1:0>1:I,2:0>1:J;"
            + "1:multiply(sep_conv_3x3,skip_connect); 1:0>1:I,2:0>1:J; false",
        "1:add(sep_conv_3x3,skip_connect); 1:0>1:I,2:0>1:J;"
            + "1:add(sep_conv_3x3,skip_connect+relu); 1:0>1:I,2:0>1:J; false",
        // operations of the same node, activations exchanged
        "1:add(sep_conv_3x3+relu,skip_connect); 1:0>1:I,2:0>1:J;"
            + "1:add(sep_conv_3x3,skip_connect+relu); 1:0>1:I,2:0>1:J; false",
        // two nodes alike are not one that is read twice: each has weights of its own
        "1:add(skip_connect,skip_connect+relu)|2:add(sep_conv_3x3,none)|3:add(sep_conv_3x3,none);"
            + " 1:0>2:I,2:0>3:I,3:2>1:I,4:3>1:J;"
            + "1:add(skip_connect,skip_connect+relu)|2:add(sep_conv_3x3,none);"
            + " 1:0>2:I,3:2>1:I,4:2>1:J; false",
        // two chains of two that are alike, crossed over
        "1:add(skip_connect,none)|2:add(sep_conv_3x3,none)|3:add(sep_conv_3x3,none)"
            + "|4:add(max_pool_3x3,none)|5:add(max_pool_3x3,none);"
            + " 1:0>2:I,2:0>3:I,3:2>4:I,4:3>5:I,5:4>1:I,6:5>1:I;"
            + "1:add(skip_connect,none)|2:add(sep_conv_3x3,none)|3:add(sep_conv_3x3,none)"
            + "|4:add(max_pool_3x3,none)|5:add(max_pool_3x3,none);"
            + " 1:0>2:I,2:0>3:I,3:2>5:I,4:3>4:I,5:4>1:I,6:5>1:I; true"
      })
  void isTheSameWhateverThingsAreCalled(
      String nodes, String connections, String otherNodes, String otherConnections, boolean same) {
    Genome one = genome(nodes, connections);
    Genome other = genome(otherNodes, otherConnections);

    assertThat(one.describesSameNetworkAs(other)).isEqualTo(same);
    assertThat(other.describesSameNetworkAs(one)).isEqualTo(same);
    assertThat(one.phenotype().fingerprint() == other.phenotype().fingerprint()).isEqualTo(same);
  }

  /**
   * Eight alike nodes of a first layer, eight of a second, each of which reads two of the first:
   * one circle of sixteen, or two of eight. Refinement of colours cannot tell them apart.
   */
  @Test
  void circlesOfOtherLengthsAreOtherNetworks() {
    assertThat(circles(8).phenotype().fingerprint())
        .isEqualTo(circles(4).phenotype().fingerprint());
    assertThat(circles(8).describesSameNetworkAs(circles(4))).isFalse();
    assertThat(circles(4).describesSameNetworkAs(circles(4))).isTrue();
  }

  private static Genome circles(int length) {
    StringBuilder nodes = new StringBuilder("1:add(skip_connect,none)");
    StringBuilder connections = new StringBuilder();
    int number = 1;
    for (int n = 0; n < 8; n++) {
      nodes.append("|%d:add(sep_conv_3x3,none)".formatted(2 + n));
      int next = n / length * length + (n + 1) % length;
      for (String connection :
          List.of(
              "0>%d:I".formatted(2 + n),
              "%d>%d:I".formatted(2 + n, 10 + n),
              "%d>%d:I".formatted(2 + next, 10 + n),
              "%d>1:I".formatted(10 + n))) {
        connections.append("%d:%s,".formatted(number++, connection));
      }
    }
    for (int n = 0; n < 8; n++) {
      nodes.append("|%d:add(max_pool_3x3,none)".formatted(10 + n));
    }
    return genome(nodes.toString(), connections.substring(0, connections.length() - 1));
  }

  @Test
  void everyPortHasItsPlaceInTheSameNetwork() {
    Phenotype one =
        genome(
                "1:add(sep_conv_3x3,skip_connect)|2:add(max_pool_3x3,none)",
                "1:0>2:I,2:2>1:I,3:0>1:J")
            .phenotype();
    Phenotype other =
        genome(
                "1:add(skip_connect,sep_conv_3x3)|7:add(none,max_pool_3x3)",
                "4:0>1:I,5:0>7:J,6:7>1:J")
            .phenotype();

    assertThat(one.placesIn(other))
        .contains(
            Map.of(
                new Place(2, Port.I), new Place(7, Port.J),
                new Place(1, Port.I), new Place(1, Port.J),
                new Place(1, Port.J), new Place(1, Port.I)));
  }

  private static Genome genome(String nodes, String connections) {
    return Genome.parse(
        "genome output=1 nodes=[%s] connections=[%s]".formatted(nodes, connections));
  }
}
