package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenomeTest {
  private static final String ONE_NODE =
      "genome output=1 nodes=[1:add(sep_conv_3x3+relu,skip_connect)]"
          + " connections=[1:0>1:I,2:0>1:J]";
  private static final String THREE_NODES =
      "genome output=1 nodes=[1:multiply(sep_conv_3x3,none+tanh)|4:add(skip_connect,dil_conv_3x3)"
          + "|9:add(max_pool_3x3+sigmoid,skip_connect)]"
          + " connections=[1:0>1:I:off,2:0>1:J,5:0>4:I,6:4>1:I,11:4>9:J]";

  @Test
  void textHasAllGenes() {
    PortGene convolution = new PortGene(Operation.SEP_CONV_3X3, Activation.RELU);
    PortGene skip = new PortGene(Operation.SKIP_CONNECT, Activation.IDENTITY);
    Genome genome =
        new Genome(
            List.of(new NodeGene(1, convolution, skip, Aggregation.ADD)),
            List.of(
                new ConnectionGene(1, 0, 1, Port.I, true),
                new ConnectionGene(2, 0, 1, Port.J, false)),
            1);

    assertThat(genome.text())
        .isEqualTo(ONE_NODE.replace("2:0>1:J", "2:0>1:J:off"))
        .isEqualTo(genome.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {ONE_NODE, THREE_NODES})
  void isReadAsWritten(String text) {
    Genome genome = Genome.parse(text);

    assertThat(genome.text()).isEqualTo(text);
    assertThat(Architecture.parse(" " + text + "  ")).isEqualTo(genome);
    assertThat(Architecture.read(genome.json(), "$")).isEqualTo(genome);
    assertThat(Genome.readDocument(genome.document())).isEqualTo(genome);
  }

  @Test
  void aFileHasItsFormatAndTheFieldsOfGenes() {
    assertThat(Genome.parse(ONE_NODE).document().replaceAll("\\s+", ""))
        .isEqualTo(
            "{\"formatVersion\":1,\"output\":1,\"nodes\":[{\"key\":1,"
                + "\"i\":{\"operation\":\"sep_conv_3x3\",\"activation\":\"relu\"},"
                + "\"j\":{\"operation\":\"skip_connect\",\"activation\":\"identity\"},"
                + "\"aggregation\":\"add\"}],\"connections\":["
                + "{\"innovation\":1,\"from\":0,\"to\":1,\"port\":\"I\",\"enabled\":true},"
                + "{\"innovation\":2,\"from\":0,\"to\":1,\"port\":\"J\",\"enabled\":true}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "genome nodes=[]# at character 8: found 'nodes', expected 'output='",
        "genome output=1 nodes=[1:mean(none,none)]#"
            + " at character 26: found 'mean', expected one of add, multiply",
        "genome output=1 nodes=[1:add(sep_conv_3x4,none)]#"
            + " at character 30: found 'sep_conv_3x4', expected one of none",
        "genome output=1 nodes=[1:add(none,none+gelu)]#"
            + " at character 40: found 'gelu', expected one of identity, relu, sigmoid, tanh",
        "genome output=1 nodes=[1:add(none,none)] connections=[1:0>1:K]#"
            + " at character 61: found 'K', expected I or J",
        "genome output=1 nodes=[1:add(none,none)] connections=[1:0>1:I x#"
            + " at character 62: found ' ', expected ']'",
        "genome output=1 nodes=[1:add(none,none)] connections=[] x#"
            + " at character 57: found 'x', expected the end"
      })
  void refusesOtherTextAtTheCharacter(String text, String problem) {
    assertThatThrownBy(() -> Architecture.parse(text))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageStartingWith("Invalid genome " + problem)
        .hasMessageContaining("; the notation is genome output=1 nodes=[1:add(");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "# 1:0>1:I# it must have at least one node",
        "0:add(none,none)# ~~# a node has the key 0; keys must be >= 1, since 0 is the input",
        "1:add(none,none)|1:add(none,none)# ~~#"
            + " the key 1 stands after 1; each must stand once, in ascending order",
        "1:add(none,none)# 2:0>1:I,1:0>1:J#"
            + " the innovation number 1 stands after 2; each must stand once, in ascending order",
        "1:add(none,none)# 0:0>1:I# a connection has the innovation number 0; it must be >= 1",
        "1:add(none,none)# 1:3>1:I#"
            + " connection 1:3>1:I leaves node 3, which is not among its nodes [1]",
        "1:add(none,none)# 1:0>0:I#"
            + " connection 1:0>0:I enters node 0, which is not among its nodes [1]",
        "2:add(none,none)# ~~# the output is node 1, which is not among its nodes [2]",
        "1:add(none,none)|2:add(none,none)# 1:1>2:I,2:0>1:J,3:2>1:I:off#"
            + " connection 3 from state 2 to node 1 closes a circle;"
            + " connections, those that are off too, must lead forward",
        "1:add(none,none)# 1:1>1:I# connection 1 from state 1 to node 1 closes a circle;"
            + " connections, those that are off too, must lead forward"
      })
  void refusesGenesThatBreakARule(String nodes, String connections, String problem) {
    String text =
        "genome output=1 nodes=[%s] connections=[%s]"
            .formatted(nodes == null ? "" : nodes, connections);

    assertThatThrownBy(() -> Genome.parse(text))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessage("Invalid genome: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "\"output\":1# \"output\":\"1\"# at $.output: found string, expected a whole number",
        "\"output\":1# \"outputs\":1#"
            + " at $.outputs: found an unknown key,"
            + " expected only [connections, formatVersion, nodes, output]",
        "\"key\":1,# ~~# at $.nodes[0].key: found nothing, expected a whole number",
        "sep_conv_3x3# sep_conv_3x4# at $.nodes[0].i.operation: found 'sep_conv_3x4',"
            + " expected one of none, max_pool_3x3, avg_pool_3x3, skip_connect, sep_conv_3x3,",
        "\"relu\"# \"gelu\"# at $.nodes[0].i.activation: found 'gelu',"
            + " expected one of identity, relu, sigmoid, tanh",
        "\"port\":\"J\"# \"port\":3# at $.connections[1].port: found number, expected one of I, J",
        "\"innovation\":2# \"innovation\":1# at $: Invalid genome: the innovation number 1",
        "\"innovation\":2# \"innovation\":-1#"
            + " at $.connections[1]: Invalid genome: a connection has the innovation number -1",
        "\"formatVersion\":1,# ~~# at $.formatVersion: found nothing, expected a whole number",
        "\"formatVersion\":1# \"formatVersion\":2#"
            + " at $.formatVersion: found 2, expected 1; read it with the newer release",
        "]}# ]# at line 1, column"
      })
  void refusesOtherFilesWithThePath(String found, String other, String problem) {
    String json = Genome.parse(ONE_NODE).document().replaceAll("\\s+", "");
    int last = json.lastIndexOf(found);
    String changed = json.substring(0, last) + other + json.substring(last + found.length());

    assertThatThrownBy(() -> Genome.readDocument(changed))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageStartingWith("Invalid genome in JSON " + problem);
  }

  @Test
  void cellsAreReadAsBefore() {
    String text = "normal=[skip_connect:0] reduction=[|]";
    assertThatThrownBy(() -> Architecture.parse(text))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageStartingWith("Invalid genotype at character ");
    assertThatThrownBy(() -> Architecture.read(JsonNodeFactory.instance.objectNode(), "$.best"))
        .hasMessageStartingWith("Invalid genotype in JSON at $.best.normal: found nothing");
    CellPair cells = CellPair.parse("normal=[skip_connect:0] reduction=[skip_connect:1]");
    assertThat(Architecture.read(cells.json(), "$")).isEqualTo(cells);
    assertThat(cells.describesSameNetworkAs(Genome.parse(ONE_NODE))).isFalse();
    assertThat(Genome.parse(ONE_NODE).describesSameNetworkAs(cells)).isFalse();
    assertThatThrownBy(() -> Genome.of(cells))
        .hasMessage("must be a genome, got normal=[skip_connect:0] reduction=[skip_connect:1]");
  }
}
