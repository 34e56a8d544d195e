package dev.fletch.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Operation;
import org.junit.jupiter.api.Test;

class Dl4jFormTest {
  @Test
  void onlyOperationsWithStepsOfTheirOwnAreRefused() {
    assertThat(Operation.known())
        .contains(new Operation("attention"), new Operation("max_pool_5+tanh"))
        .allSatisfy(
            operation ->
                assertThat(Dl4jForm.refusal(operation).isPresent())
                    .as("%s", operation)
                    .isEqualTo(operation.text().startsWith("toy_")));
    assertThat(Dl4jForm.refusal(new Operation("toy_scale")))
        .hasValue(
            "Cannot write toy_scale in DL4J's layers: it has steps of its own; export a candidate"
                + " without it");
  }

  @Test
  void cellsAreRefusedForTheFirstOfTheirOperationsThatIs() {
    String reduction = "skip_connect:0,max_pool_3x3:1";
    assertThat(Dl4jForm.refusal(CellPair.parse(pair("attention:0,skip_connect:1", reduction))))
        .isEmpty();
    assertThat(Dl4jForm.refusal(CellPair.parse(pair("sep_conv_3x3:0,toy_half:1", reduction))))
        .hasValueSatisfying(reason -> assertThat(reason).startsWith("Cannot write toy_half in"));
    assertThat(Dl4jForm.refusal(Architecture.parse("cell=[sep_conv_3:0,toy_half:1]")))
        .hasValueSatisfying(reason -> assertThat(reason).startsWith("Cannot write toy_half in"));
  }

  private static String pair(String normal, String reduction) {
    return "normal=[%s] reduction=[%s]".formatted(normal, reduction);
  }

  @Test
  void aGenomeIsRefusedForAnOperationThatIsComputed() {
    String text =
        "genome output=1 nodes=[1:add(sep_conv_3+relu,%s)|2:add(toy_half,none)]"
            + " connections=[1:0>1:I,2:0>1:J,3:0>2:I]";
    assertThat(Dl4jForm.refusal(Architecture.parse(text.formatted("identity+tanh")))).isEmpty();
    assertThat(Dl4jForm.refusal(Architecture.parse(text.formatted("toy_scale"))))
        .hasValueSatisfying(reason -> assertThat(reason).startsWith("Cannot write toy_scale in"));
  }
}
