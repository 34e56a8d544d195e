package dev.fletch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.CellPair;
import dev.fletch.config.RunConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What searches of each kind can find that cannot be exported. */
class ExportForecastTest {
  private static List<String> refusals(String... settings) {
    return ExportForecast.refusals(
        RunConfigLoader.load(
            "forecast.conf",
            "fletch { name = forecast, output = none, data { format = idx, path = data } }",
            List.of(settings)),
        new Configuration(),
        Set.of("runs/later"));
  }

  @Test
  void cellsOfTheOperationsOfDartsAreExported() {
    assertThat(refusals()).isEmpty();
  }

  @Test
  void allOperationsOfStructuresAreToo() {
    assertThat(
            refusals(
                "space.kinds=1",
                "space.operations=[none, identity, attention, avg_pool_5, sep_conv_3]",
                "space.activations=[identity, relu]",
                "supernet.init-channels=16",
                "retrain.init-channels=16"))
        .isEmpty();
    assertThat(
            refusals(
                "search.method=neat",
                "space.operations=[identity, sep_conv_3, max_pool_3, attention]",
                "space.activations=[identity, relu]",
                "retrain.init-channels=16"))
        .isEmpty();
  }

  /** A library on the class path has it; candidates are trained with it. */
  @Test
  void whatHasStepsOfItsOwnIsNamed() {
    String refusal =
        "of space.operations, toy_relu cannot be written in DL4J's layers: candidates with them"
            + " are trained, but not exported";
    assertThat(refusals("space.operations=[none, skip_connect, toy_relu]"))
        .containsExactly(refusal);
    assertThat(refusals("retrain.candidates=[\"cell=[toy_relu:0,sep_conv_3:1]\"]"))
        .singleElement()
        .asString()
        .matches("text-[0-9a-f]{8}: Cannot write toy_relu in DL4J's layers: .*");
  }

  /** What lies elsewhere is read, unless it is not there yet. */
  @Test
  void whatIsTransferredIsJudgedToo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("structure.json");
    Files.writeString(file, CellPair.parse("cell=[toy_relu:0,sep_conv_3:1]").json().toString());

    assertThat(refusals("retrain.candidates=[\"file:%s\"]".formatted(file)))
        .singleElement()
        .asString()
        .matches("from-structure: Cannot write toy_relu in DL4J's layers: .*");
    Files.writeString(file, CellPair.parse("cell=[sep_conv_3:0,sep_conv_3:1]").json().toString());
    assertThat(refusals("retrain.candidates=[\"file:%s\"]".formatted(file))).isEmpty();
    assertThat(refusals("retrain.candidates=[\"from:runs/later/best\"]")).isEmpty();
  }

  @Test
  void whatIsGivenIsJudgedAndNothingSearched() {
    assertThat(refusals("retrain.candidates=[DARTS_V1]", "space.kinds=1")).isEmpty();
  }
}
