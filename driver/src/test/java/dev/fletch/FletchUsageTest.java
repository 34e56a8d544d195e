package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the command line says of its own use, and before anything is carried out. */
class FletchUsageTest extends TypedCommands {
  @Test
  void everyProblemOfTheConfigurationIsALine() throws IOException {
    Path conf = conf("search { epoch = 3, batch = none }");

    assertThat(fletch("run", conf.toString(), "--set", "space.nodes=0")).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            """
            fletch: %1$s:5: search.batch must be a whole number, got "none"
            fletch: %1$s:5: unknown key search.epoch; did you mean search.epochs?
            fletch: --set: space.nodes must be >= 1, got 0
            """
                .formatted(conf));
    assertThat(phases.calls).isEmpty();
    assertThat(Path.of(output())).doesNotExist();
  }

  @Test
  void misuseIsOneLineWithAdvice() throws IOException {
    assertThat(fletch()).isEqualTo(2);
    assertThat(lastError()).isEqualTo("fletch: no command given (see fletch --help)");
    assertThat(fletch("serch")).isEqualTo(2);
    assertThat(lastError())
        .startsWith("fletch: ")
        .contains("'serch'")
        .contains("did you mean search")
        .endsWith("(see fletch --help)");
    assertThat(fletch("run", "--sett", "a=b")).isEqualTo(2);
    assertThat(lastError()).contains("'--sett'").endsWith("(see fletch run --help)");
    assertThat(fletch("retrain")).isEqualTo(2);
    assertThat(lastError())
        .isEqualTo("fletch: Missing required parameter: 'RUN' (see fletch retrain --help)");
    assertThat(fletch("bench")).isEqualTo(2);
    assertThat(lastError())
        .isEqualTo(
            "fletch: bench needs a command: step, candidate or exchange (see fletch bench --help)");
    assertThat(err.toString()).hasLineCount(5);
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    assertThat(fletch("--help")).isZero();
    assertThat(out.toString())
        .contains("run ", "search ", "retrain ", "report ", "validate ", "bench ")
        .contains("Exit codes:")
        .contains("infrastructure")
        .contains("130   interrupted from the keyboard");
    assertThat(fletch("run", "--help")).isZero();
    assertThat(out.toString())
        .contains("--set=KEY=VALUE")
        .contains("--resume")
        .contains("--dry-run");
    assertThat(fletch("--version")).isZero();
    assertThat(out.toString()).containsPattern("fletch \\d+\\.\\d+\\.\\d+");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void validateSaysWhatItFound() throws IOException {
    assertThat(fletch("validate", conf("").toString(), "--set", "data.search-portion=0.75"))
        .isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            config    small is valid
            output    %s is free
            data      6,000 training (4,500 for w, 1,500 for alpha) and 1,000 test examples of \
            1x28x28, 10 classes
            """
                .formatted(output()));
    assertThat(phases.calls).isEmpty();
  }

  @Test
  void aDryRunTellsWhatTrainingsOfKnownStructuresTakeTheLargestFirst() throws IOException {
    Path conf = conf("retrain { seeds = [0], parallel = 3, batch = 32, auxiliary-weight = 0 }");
    List<String> given = List.of("DARTS_V2", "random-1", "baseline-resnet-block");

    List<Network> networks = new ArrayList<>();
    for (String line : known(conf, "[DARTS_V2, random-1, baseline-resnet-block]")) {
      Matcher parts =
          Pattern.compile("(\\S+): ([\\d,]+) weights, ([\\d,]+) MiB of native memory")
              .matcher(line);
      assertThat(parts.matches()).as(line).isTrue();
      networks.add(new Network(parts.group(1), number(parts.group(2)), number(parts.group(3))));
    }
    assertThat(networks)
        .extracting(Network::name)
        .containsExactlyInAnyOrderElementsOf(given)
        .startsWith("DARTS_V2");
    assertThat(networks.get(0).weights())
        .as("3.35 M in the paper, on colours")
        .isBetween(3_340_000L, 3_350_000L);
    assertThat(networks)
        .isSortedAccordingTo(Comparator.comparingLong(Network::mebibytes).reversed())
        .allSatisfy(network -> assertThat(network.mebibytes()).isPositive());
    assertThat(out.toString())
        .contains("search    none: all candidates are given")
        .contains(
            "          at most 3 x %,d MiB where one process has all that train at a time"
                .formatted(networks.get(0).mebibytes()));

    assertThat(known(conf, "[last, DARTS_V2]")).hasSize(1);
    assertThat(out.toString())
        .contains("weights each, as the search decides; their native memory is not known before")
        .contains(" MiB of these where one process has all");
  }

  private record Network(String name, long weights, long mebibytes) {}

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }

  /** The lines of structures. */
  private List<String> known(Path conf, String candidates) {
    out.getBuffer().setLength(0);
    assertThat(
            fletch("run", conf.toString(), "--dry-run", "--set=retrain.candidates=" + candidates))
        .as(err.toString())
        .isZero();
    return out.toString()
        .lines()
        .map(String::strip)
        .filter(line -> line.contains(": ") && line.endsWith(" MiB of native memory"))
        .toList();
  }

  @Test
  void everyCandidateThatCannotBeReadIsALine() throws IOException {
    Path cyclic = Files.writeString(folder.resolve("odd.json"), "{}");
    String candidates =
        "retrain.candidates=[\"%1$s\", \"from:%2$s/nope/best\", \"%2$s/none.json\"]"
            .formatted(cyclic, folder);
    assertThat(
            fletch(
                "validate",
                conf("").toString(),
                "--set=" + candidates,
                "--set=retrain.validation-portion=0.00001"))
        .isEqualTo(2);

    assertThat(err.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line).startsWith("fletch: retrain.validation-portion 1.0E-5 of 6000"),
            line ->
                assertThat(line)
                    .startsWith("fletch: " + cyclic + ": holds no genome and no genotype"),
            line ->
                assertThat(line)
                    .startsWith("fletch: run folder file:" + folder + "/nope: holds no run"),
            line ->
                assertThat(line).startsWith("fletch: " + folder + "/none.json: there is no such"));
    assertThat(phases.calls).isEmpty();
  }

  @Test
  void validateSaysNothingOfASplitThatNoSearchMakes() throws IOException {
    assertThat(
            fletch(
                "validate",
                conf("").toString(),
                "--set=retrain.candidates=[baseline-resnet-block]",
                "--set=retrain.auxiliary-weight=0"))
        .isZero();
    assertThat(out.toString())
        .contains("data      6,000 training and 1,000 test examples of 1x28x28, 10 classes\n");

    assertThat(
            fletch(
                "validate",
                conf("search.method = neat").toString(),
                "--set=retrain.auxiliary-weight=0",
                "--set=data.search-portion=0.75"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains(
            "data      6,000 training (4,500 to train genomes of the search, 1,500 to score them)"
                + " and 1,000 test");
  }

  @Test
  void aDryRunOfRunAndValidateTellsWhatItWouldTake() throws IOException {
    Path conf = conf("search.replicas = 2, retrain.seeds = [0, 1, 2]");

    assertThat(fletch("run", conf.toString(), "--dry-run")).isZero();
    String lines = out.toString();

    assertThat(lines)
        .contains("1,929,754 weights, 224 alphas")
        .contains("50 epochs of 24 steps = 1,200 steps on 2 replicas of 64 examples")
        .contains("15 MiB of parameters and optimizer state on the driver, ")
        .contains("at most 6 trainings (2 candidates, 3 seeds), 2 at a time")
        .contains("600 epochs of 63 steps = 37,800 steps each");
    assertThat(
            fletch(
                "run",
                conf.toString(),
                "--dry-run",
                "--set=search.epochs=1",
                "--set=search.batch=3000",
                "--set=search.replicas=1",
                "--set=search.alpha.learning-rate-warm-up=0"))
        .isZero();
    assertThat(out.toString())
        .contains("1 epoch of 1 step = 1 step on 1 replica of 3,000 examples");
    assertThat(fletch("validate", conf.toString(), "--dry-run")).isZero();
    assertThat(out.toString()).endsWith(lines);
    assertThat(phases.calls).isEmpty();
    assertThat(Path.of(output())).doesNotExist();
  }
}
