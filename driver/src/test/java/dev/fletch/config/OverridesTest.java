package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.method.PcDarts;
import dev.fletch.method.TdDarts;
import dev.fletch.search.StopRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys given on the command line, over those of the file. */
class OverridesTest {
  private static final String HEAD =
      "fletch { name = t, output = runs/t, data { format = idx, path = data } }\n";

  @Test
  void aMethodAndItsKeysMayComeInAnyOrder() {
    String file = HEAD + "fletch.search.method { name = p-darts, skips = 3 }";

    assertThat(load(file, "search.method=pc-darts", "search.method.partial=2").search().method())
        .isEqualTo(new PcDarts(2, 15));
    assertThat(load(file, "search.method.partial=2", "search.method=pc-darts").search().method())
        .isEqualTo(new PcDarts(2, 15));
    assertThat(
            load(HEAD + "fletch.search.method = pc-darts", "search.method.partial=2")
                .search()
                .method())
        .isEqualTo(new PcDarts(2, 15));
    assertThat(load(file, "search.method=td-darts", "search={ epochs = 3 }").search().method())
        .isEqualTo(new TdDarts());
  }

  @Test
  void soMayAStopRuleAndItsKeys() {
    StopRule expected = new StopRule.SkipConnections(3);

    assertThat(load(HEAD, "search.stop=skip-connections", "search.stop.skips=3").search().stop())
        .isEqualTo(expected);
    assertThat(
            load(HEAD, "search.stop.skips=3", "fletch.search.stop=skip-connections")
                .search()
                .stop())
        .isEqualTo(expected);
    assertThat(
            load(HEAD + "fletch.search.stop = skip-connections", "search.stop.skips=3")
                .search()
                .stop())
        .isEqualTo(expected);
  }

  @Test
  void anUnknownSectionIsReportedAsComingFromTheCommandLine() {
    assertThatThrownBy(() -> load(HEAD, "serach.epochs=1"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("--set: unknown key serach; did you mean search?");
    assertThatThrownBy(() -> load(HEAD, "fletch=1"))
        .hasMessage("--set: fletch must be a section { }, got \"1\"");
  }

  private static RunConfig load(String text, String... overrides) {
    return RunConfigLoader.load("run.conf", text, List.of(overrides));
  }
}
