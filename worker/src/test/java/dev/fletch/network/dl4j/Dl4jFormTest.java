package dev.fletch.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Operation;
import dev.fletch.data.DataFormat;
import dev.fletch.data.TextFormat;
import org.junit.jupiter.api.Test;

class Dl4jFormTest {
  @Test
  void onlyOperationsWithStepsOfTheirOwnAreRefused() {
    for (Operation operation : Operation.DARTS) {
      assertThat(Dl4jForm.refusal(operation)).as("%s", operation).isEmpty();
    }
    assertThat(Dl4jForm.refusal(new Operation("sep_conv_3+relu")))
        .hasValue(
            "Cannot write sep_conv_3+relu in DL4J's layers: it has steps of its own; export a"
                + " candidate without it");
    assertThat(Dl4jForm.refusal(new Operation("attention"))).isPresent();
  }

  @Test
  void cellsAreRefusedForTheFirstOfTheirOperationsThatIs() {
    String reduction = "skip_connect:0,max_pool_3x3:1";
    assertThat(Dl4jForm.refusal(CellPair.parse(pair("sep_conv_3x3:0,skip_connect:1", reduction))))
        .isEmpty();
    assertThat(Dl4jForm.refusal(CellPair.parse(pair("sep_conv_3x3:0,attention:1", reduction))))
        .hasValueSatisfying(reason -> assertThat(reason).startsWith("Cannot write attention in"));
  }

  @Test
  void cellsOfOneKindAreRefused() {
    Architecture cell = Architecture.parse("cell=[sep_conv_3x3:0,skip_connect:1]");

    assertThat(Dl4jForm.refusal(cell)).hasValue(Dl4jForm.ONE_KIND);
  }

  private static String pair(String normal, String reduction) {
    return "normal=[%s] reduction=[%s]".formatted(normal, reduction);
  }

  @Test
  void aGenomeIsRefusedForAnOperationThatIsComputed() {
    String text =
        "genome output=1 nodes=[1:add(sep_conv_3+relu,%s)|2:add(attention,none)]"
            + " connections=[1:0>1:I,2:0>1:J,3:0>2:I]";
    assertThat(Dl4jForm.refusal(Architecture.parse(text.formatted("identity+tanh")))).isEmpty();
    assertThat(Dl4jForm.refusal(Architecture.parse(text.formatted("max_pool_3"))))
        .hasValueSatisfying(reason -> assertThat(reason).startsWith("Cannot write max_pool_3 in"));
  }

  @Test
  void textsAreRefusedWhole() {
    for (DataFormat format : DataFormat.known()) {
      assertThat(Dl4jForm.refusal(format).isPresent())
          .as("%s", format.text())
          .isEqualTo(format instanceof TextFormat);
    }
  }
}
