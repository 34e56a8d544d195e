package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Substitutions as HOCON's own documentation writes them. */
class SubstitutionTest {
  private static final String HEAD =
      "fletch { name = t, output = runs/t, data { format = folder, resize = 32, path = data } }\n";

  @Test
  void aVariableOfTheEnvironmentOverridesOnlyWhereItIsSet() {
    String path = System.getenv("PATH");

    assertThat(load(HEAD + "fletch.data.path = ${?FLETCH_NOWHERE}").data().path())
        .isEqualTo("data");
    assertThat(load(HEAD + "fletch.data.path = ${?PATH}").data().path()).isEqualTo(path);
    assertThat(
            load("fletch { name = t, output = runs/t, data { format = folder, path = data,"
                    + " path = ${?FLETCH_NOWHERE}, resize = 32 } }")
                .data()
                .path())
        .isEqualTo("data");
  }

  @Test
  void aKeyMayAddToItself() {
    RunConfig config =
        load(
            HEAD
                + """
                  fletch.output = ${fletch.output}/deeper
                  fletch.retrain.seeds = [1]
                  fletch.retrain.seeds += 2
                  fletch.retrain.candidates = ${fletch.retrain.candidates} [epoch-3]
                  """);

    assertThat(config.output()).isEqualTo("runs/t/deeper");
    assertThat(config.retrain().seeds()).containsExactly(1L, 2L);
    assertThat(config.retrain().candidates()).containsExactly("best-validation", "last", "epoch-3");
  }

  @Test
  void aSectionMayBeTakenFromAnotherWithItsDefaults() {
    RunConfig config =
        load(
            HEAD
                + """
                  fletch.search.weights.momentum = 0.7
                  fletch.retrain.augmentation = ${fletch.search.augmentation} { flip = false }
                  fletch.retrain.weights = ${fletch.search.weights}
                  """);

    assertThat(config.retrain().augmentation().cutout()).isZero();
    assertThat(config.retrain().augmentation().flip()).isFalse();
    assertThat(config.retrain().weights()).isEqualTo(config.search().weights());
    assertThat(config.retrain().weightsRate().minimum()).isEqualTo(0.001);
  }

  @Test
  void aSubstitutionInsideQuotesIsRefusedWithTheRightSpelling() {
    assertThatThrownBy(() -> load(HEAD + "fletch.output = \"${HOME}/runs/t\""))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "run.conf:2: output has a substitution inside quotes, where it means nothing: write"
                + " ${HOME}\"/runs/t\", got \"${HOME}/runs/t\"");
    assertThatThrownBy(() -> load(HEAD + "fletch.data.train = [\"a/${?X}/b\", c]"))
        .hasMessageContaining("data.train has a substitution")
        .hasMessageContaining("write \"a/\"${?X}\"/b\", got \"a/${?X}/b\"");
    assertThatThrownBy(() -> RunConfigLoader.load("run.conf", HEAD, List.of("output=${HOME}/t")))
        .hasMessage(
            "--set: output has a substitution inside quotes, where it means nothing: write"
                + " ${HOME}\"/t\" in the file, or let the shell fill it in, got \"${HOME}/t\"");
  }

  private static RunConfig load(String text) {
    return RunConfigLoader.load("run.conf", text, List.of());
  }
}
