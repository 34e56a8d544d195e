package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.TinyRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A method takes its record, a line in {@code META-INF/fletch/methods} and its defaults: {@link
 * dev.fletch.toy.Toy} has no more, and all of it lies among the tests.
 */
class OwnMethodTest {
  private static final String CONSTANT = "search.temperature={ schedule=constant, from=1, to=1 }";

  @TempDir Path folder;

  @Test
  void itsKeysAreCheckedWithItsOwnWords() throws IOException {
    assertThat(validate("search.method=toy").exitCode()).isZero();
    assertThat(validate("search.method={ name=toy, patience=3 }").err())
        .contains("search.method.patience must be below search.epochs, which is 3, got 3");
    assertThat(validate("search.method={ name=toy, patience=-1 }").err())
        .contains("search.method.patience must be >= 0, got -1");
    assertThat(validate("search.method={ name=toy, patienc=1 }").err())
        .contains("unknown key search.method.patienc; did you mean search.method.patience?");
    assertThat(validate("search.method={ name=gdas, patience=1 }").err())
        .contains("search.method.patience belongs to method toy, but method is gdas");
    assertThat(validate("search.method=toy", "search.order=second").err())
        .contains("search.order must be first with method toy: it is a toy");
    assertThat(validate("search.method=toi").err())
        .contains("hypernetwork, toy, neat, got \"toi\"; did you mean toy?");
  }

  @Test
  void aSearchWithItIsReportedUnderItsName() throws IOException {
    Path run = folder.resolve("run");
    Path conf = TinyRun.conf(folder, run, "");

    Outcome dry = TinyRun.fletch("validate", conf, "--set=search.method=toy", "--dry-run");
    assertThat(dry.out()).contains("toy");
    Outcome search = TinyRun.fletch("search", conf, "--set=search.method=toy", "--set=" + CONSTANT);
    assertThat(search.exitCode()).as(search.err()).isZero();
    Outcome report = TinyRun.fletch("report", run);
    assertThat(report.exitCode()).as(report.err()).isZero();

    JsonNode said = new ObjectMapper().readTree(run.resolve("report/report.json").toFile());
    assertThat(said.at("/search/method").asText()).isEqualTo("toy");
    assertThat(entropy(said, 0)).as("alpha waits").isCloseTo(Math.log(8), within(1e-5));
    assertThat(entropy(said, 1)).as("then goes in steps of 0.5").isLessThan(Math.log(8) - 0.01);
    assertThat(Files.readString(run.resolve("config.conf"))).contains("patience = 1");
    assertThat(Files.readString(run.resolve("report/index.html"))).contains("Method toy");
  }

  private Outcome validate(String... overrides) throws IOException {
    Path conf = TinyRun.conf(folder, folder.resolve("run"), "");
    Object[] arguments = new Object[overrides.length + 3];
    arguments[0] = "validate";
    arguments[1] = conf;
    arguments[2] = "--set=" + CONSTANT;
    for (int i = 0; i < overrides.length; i++) {
      arguments[3 + i] = "--set=" + overrides[i];
    }
    return TinyRun.fletch(arguments);
  }

  private static double entropy(JsonNode report, int epoch) {
    return report.at("/search/epochs/" + epoch + "/alphaEntropy").asDouble();
  }
}
