package dev.fletch.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FormatVersionTest {
  private static final FormatVersion SECOND = new FormatVersion(2);

  @Test
  void theVersionIsTheFirstField() {
    assertThat(SECOND.start().put("a", 1)).hasToString("{\"formatVersion\":2,\"a\":1}");
  }

  @Test
  void thisVersionAndOlderOnesAreRead() {
    assertThat(SECOND.read("{\"formatVersion\":2,\"a\":1}", "x.json").get("a").asInt()).isOne();
    assertThat(SECOND.read("{\"formatVersion\":1,\"a\":3}", "x.json").get("a").asInt())
        .isEqualTo(3);
  }

  @Test
  void aNewerVersionIsRefusedByNumber() {
    assertThatThrownBy(() -> SECOND.read("{\"formatVersion\":3}", "search/x.json"))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessage(
            "search/x.json: has format version 3, this Fletch reads up to 2: use the newer Fletch"
                + " that wrote it");
  }

  @Test
  void whatIsNoVersionedObjectSaysSo() {
    for (String text : new String[] {"[]", "{}", "{\"formatVersion\":\"1\"}", ""}) {
      assertThatThrownBy(() -> SECOND.read(text, "x.json"))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("it is no JSON object with a formatVersion");
    }
    assertThatThrownBy(() -> SECOND.read("{\"formatVersion\":1} {}", "x.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not valid JSON: ");
  }
}
