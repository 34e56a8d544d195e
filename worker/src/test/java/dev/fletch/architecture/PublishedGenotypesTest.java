package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PublishedGenotypesTest {
  @Test
  void namesAreThoseOfThePapers() {
    assertThat(PublishedGenotypes.names())
        .containsExactly(
            "DARTS_V1",
            "DARTS_V2",
            "PC_DARTS_cifar",
            "PDARTS",
            "SDARTS_RS",
            "SDARTS_ADV",
            "DARTS_MINUS",
            "GDAS_V1",
            "SNAS");
  }

  @Test
  void dartsV2IsTheOneInThePaper() {
    assertThat(PublishedGenotypes.find("DARTS_V2"))
        .hasToString(
            "normal=[sep_conv_3x3:0,sep_conv_3x3:1|sep_conv_3x3:0,sep_conv_3x3:1|"
                + "sep_conv_3x3:1,skip_connect:0|skip_connect:0,dil_conv_3x3:2] "
                + "reduction=[max_pool_3x3:0,max_pool_3x3:1|skip_connect:2,max_pool_3x3:1|"
                + "max_pool_3x3:0,skip_connect:2|skip_connect:2,max_pool_3x3:1]");
  }

  @ParameterizedTest
  @CsvSource({
    "DARTS_V1, 3, 3",
    "DARTS_V2, 2, 3",
    "PC_DARTS_cifar, 1, 0",
    "PDARTS, 2, 0",
    "SDARTS_RS, 2, 1",
    "SDARTS_ADV, 2, 4",
    "DARTS_MINUS, 2, 5",
    "GDAS_V1, 4, 0",
    "SNAS, 4, 2",
  })
  void skipConnectionsAreAsPublished(String name, int normal, int reduction) {
    CellPair genotype = PublishedGenotypes.find(name);

    assertThat(genotype.normal().count(Operation.SKIP_CONNECT)).isEqualTo(normal);
    assertThat(genotype.reduction().count(Operation.SKIP_CONNECT)).isEqualTo(reduction);
  }

  @ParameterizedTest
  @EnumSource(PublishedGenotypes.class)
  void hasFourNodesOfTwoGenes(PublishedGenotypes published) {
    for (CellGenotype cell :
        List.of(published.genotype().normal(), published.genotype().reduction())) {
      assertThat(cell.nodes()).hasSize(4).allSatisfy(node -> assertThat(node).hasSize(2));
    }
  }

  @Test
  void refusesOtherNames() {
    assertThatThrownBy(() -> PublishedGenotypes.find("PC_DARTS"))
        .hasMessage(
            "Unknown genotype 'PC_DARTS': the published ones are DARTS_V1, DARTS_V2,"
                + " PC_DARTS_cifar, PDARTS, SDARTS_RS, SDARTS_ADV, DARTS_MINUS, GDAS_V1, SNAS;"
                + " did you mean PDARTS?");
    assertThatThrownBy(() -> PublishedGenotypes.find("ResNet"))
        .hasMessageEndingWith("GDAS_V1, SNAS");
  }
}
