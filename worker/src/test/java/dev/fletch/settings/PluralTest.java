package dev.fletch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluralTest {
  @Test
  void oneStandsAlone() {
    assertThat(Plural.of(1, "class")).isEqualTo("1 class");
    assertThat(Plural.of(10, "class")).isEqualTo("10 classes");
    assertThat(Plural.of(0, "epoch")).isEqualTo("0 epochs");
    assertThat(Plural.of(1200, "step")).isEqualTo("1,200 steps");
    assertThat(Plural.noun(1, "step")).isEqualTo("step");
  }
}
