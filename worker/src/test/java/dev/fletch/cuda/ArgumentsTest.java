package dev.fletch.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void eachArgumentStartsAtAMultipleOfEight() {
    Arguments arguments =
        new Arguments().number(7).number(1.5f).address(1L << 40).number(-2L).number(0.25);

    ByteBuffer bytes = arguments.bytes();
    assertThat(arguments.offsets()).containsExactly(0, 8, 16, 24, 32);
    assertThat(arguments.lengths()).containsExactly(4, 4, 8, 8, 8);
    assertThat(bytes.getInt(0)).isEqualTo(7);
    assertThat(bytes.getFloat(8)).isEqualTo(1.5f);
    assertThat(bytes.getLong(16)).isEqualTo(1L << 40);
    assertThat(bytes.getLong(24)).isEqualTo(-2);
    assertThat(bytes.getDouble(32)).isEqualTo(0.25);
    assertThat(bytes.remaining()).isEqualTo(40);
  }

  @Test
  void structuresAreFilledUpWithZeros() {
    Arguments arguments =
        new Arguments().numbers(new int[] {5}, 3).addresses(new long[] {6, 7}, 3).number(8);

    ByteBuffer bytes = arguments.bytes();
    assertThat(arguments.offsets()).containsExactly(0, 16, 40);
    assertThat(arguments.lengths()).containsExactly(12, 24, 4);
    assertThat(new int[] {bytes.getInt(0), bytes.getInt(4), bytes.getInt(8)})
        .containsExactly(5, 0, 0);
    assertThat(new long[] {bytes.getLong(16), bytes.getLong(24), bytes.getLong(32)})
        .containsExactly(6, 7, 0);
    assertThat(bytes.getInt(40)).isEqualTo(8);
  }

  @Test
  void refusesMoreThanAKernelTakes() {
    assertThatThrownBy(() -> new Arguments().numbers(new int[3], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A kernel's structure holds 2 values, got 3");
    Arguments full = new Arguments().addresses(new long[0], 512);
    assertThat(full.bytes().remaining()).isEqualTo(4096);
    assertThatThrownBy(() -> full.number(1))
        .hasMessage("The arguments of a kernel take up to 4096 bytes together");
  }
}
