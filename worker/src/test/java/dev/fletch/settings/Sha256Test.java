package dev.fletch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class Sha256Test {
  /** FIPS 180-4, the example of one block. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isThatOfTheStandard() {
    assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(OF_ABC);
  }

  @Test
  void partsGiveTheSumOfTheWhole() {
    MessageDigest digest = Sha256.begin();
    digest.update((byte) 'a');
    digest.update(new byte[] {'b', 'c'});

    assertThat(Sha256.end(digest)).isEqualTo(OF_ABC);
  }
}
