package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Genotypes as Python code bases write them. */
class PythonGenotypeTest {
  /** As published: quark0/darts, {@code cnn/genotypes.py}. */
  private static final String DARTS_V2 =
      "DARTS_V2 = Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
          + " ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0),"
          + " ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0),"
          + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0),"
          + " ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)],"
          + " reduce_concat=[2, 3, 4, 5])";

  @Test
  void readsAPublishedGenotype() {
    assertThat(CellPair.parse(DARTS_V2)).isEqualTo(PublishedGenotypes.find("DARTS_V2"));
  }

  @Test
  void readsWhatPythonPrints() {
    assertThat(
            CellPair.parse(
                """
                Genotype(
                    normal=[('sep_conv_3x3', 1), ("skip_connect", 0),],
                    normal_concat=range(2, 3),
                    reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1)], reduce_concat=range(2, 3),
                )
                """))
        .hasToString(
            "normal=[sep_conv_3x3:1,skip_connect:0] reduction=[max_pool_3x3:0,max_pool_3x3:1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "range(2, 6); range(2, 5); 'the states [2, 3, 4], expected all nodes, [2, 3, 4, 5], as a"
            + " cell's output'",
        "('sep_conv_3x3', 1); ('sep_conv_3x4', 1); found 'sep_conv_3x4'",
        "('skip_connect', 0)]; ('skip_connect', 6)]; found '6', expected an input from 0 to 4",
        "('skip_connect', 0)]; ('skip_connect', 0), ('skip_connect', 0)]; found ']', expected '('",
        "reduce=; reduction=; found 'reduction', expected 'reduce'",
      })
  void refusesWhatCannotBeBuilt(String part, String other, String message) {
    String text =
        "Genotype(normal=[('sep_conv_3x3', 1), ('skip_connect', 0), ('sep_conv_3x3', 1),"
            + " ('skip_connect', 0), ('sep_conv_3x3', 1), ('skip_connect', 0), ('sep_conv_3x3', 1),"
            + " ('skip_connect', 0)], normal_concat=range(2, 6), reduce=[('max_pool_3x3', 0),"
            + " ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('max_pool_3x3', 1), ('max_pool_3x3', 0),"
            + " ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('max_pool_3x3', 1)],"
            + " reduce_concat=range(2, 6))";

    assertThat(CellPair.parse(text).nodes()).isEqualTo(4);
    assertThatThrownBy(() -> CellPair.parse(text.replace(part, other)))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageContaining(message.replaceAll("^'|'$", ""))
        .hasMessageContaining("; the notation is normal=[sep_conv_3x3:0,skip_connect:1|");
  }
}
