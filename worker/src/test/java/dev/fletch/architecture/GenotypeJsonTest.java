package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GenotypeJsonTest {
  @Test
  void writesTheTextOfEachCell() {
    CellPair genotype = CellPair.parse("normal=[skip_connect:0|] reduction=[|max_pool_3x3:2]");

    assertThat(GenotypeJson.write(genotype))
        .isEqualTo("{\"normal\":\"skip_connect:0|\",\"reduction\":\"|max_pool_3x3:2\"}");
  }

  @Test
  void readsNodesWithoutGenes() {
    CellPair genotype =
        CellPair.parse("normal=[sep_conv_3x3:0||max_pool_3x3:0|skip_connect:1] reduction=[|||]");

    assertThat(GenotypeJson.read(GenotypeJson.write(genotype))).isEqualTo(genotype);
  }

  @ParameterizedTest
  @EnumSource(PublishedGenotypes.class)
  void readsWhatItWrote(PublishedGenotypes published) {
    assertThat(GenotypeJson.read(GenotypeJson.write(published.genotype())))
        .isEqualTo(published.genotype());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "[]# at $: found array, expected an object with normal and reduction",
        "~~# at $: found nothing, expected an object with normal and reduction",
        "{\"normal\": \"\"}# at $.reduction: found nothing, expected the text of a cell",
        "{\"normal\": 3, \"reduction\": \"\"}#"
            + " at $.normal: found number, expected the text of a cell",
        "{\"normal\": \"\", \"reduction\": \"\", \"reduce\": \"\"}#"
            + " at $.reduce: found an unknown key, expected only normal and reduction",
        "{\"normal\": \"\", \"reduction\": \"skip_connect:9\"}#"
            + " at $.reduction: Invalid genotype at character 14: found '9',"
            + " expected an input from 0 to 1 for node 0",
        "{\"normal\": \"\", \"reduction\": \"|\"}#"
            + " at $: Invalid genotype: the normal cell has 1 nodes and the reduction cell 2;"
            + " they must agree",
      })
  void refusesOtherJsonWithItsPath(String json, String problem) {
    assertThatThrownBy(() -> GenotypeJson.read(json))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageStartingWith("Invalid genotype in JSON " + problem);
  }

  @Test
  void refusesTextThatIsNotJson() {
    assertThatThrownBy(() -> GenotypeJson.read("{\"normal\": oops}"))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageStartingWith("Invalid genotype in JSON at line 1, column 16: found Unrecognized")
        .hasMessageEndingWith("expected an object");
  }

  @Test
  void namesThePathInALargerDocument() {
    assertThatThrownBy(
            () ->
                GenotypeJson.read(JsonNodeFactory.instance.nullNode(), "$.candidates[2].genotype"))
        .hasMessageStartingWith(
            "Invalid genotype in JSON at $.candidates[2].genotype: found null, expected");
  }
}
