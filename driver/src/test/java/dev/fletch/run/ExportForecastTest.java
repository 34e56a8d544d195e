package dev.fletch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.config.RunConfigLoader;
import dev.fletch.network.dl4j.Dl4jForm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What searches of each kind can find that cannot be exported. */
class ExportForecastTest {
  private static List<String> refusals(String... settings) {
    return ExportForecast.refusals(
        RunConfigLoader.load(
            "forecast.conf",
            "fletch { name = forecast, output = none, data { format = idx, path = data } }",
            List.of(settings)));
  }

  @Test
  void cellsOfTheOperationsOfDartsAreExported() {
    assertThat(refusals()).isEmpty();
  }

  @Test
  void cellsOfOneKindAreNot() {
    assertThat(refusals("space.kinds=1")).containsExactly(Dl4jForm.ONE_KIND);
  }

  /** The activation is a gene of its own there. */
  @Test
  void genomesAreExportedWithActivationsAndWithoutPoolsThatHaveANorm() {
    assertThat(
            refusals(
                "search.method=neat",
                "space.operations=[identity, sep_conv_3, max_pool_3]",
                "space.activations=[identity, relu]"))
        .containsExactly(
            "of space.operations, max_pool_3 cannot be written in DL4J's layers: candidates with"
                + " them are trained, but not exported");
  }

  @Test
  void whatIsGivenIsJudgedAndNothingSearched() {
    assertThat(refusals("retrain.candidates=[DARTS_V1]", "space.kinds=1")).isEmpty();
  }
}
