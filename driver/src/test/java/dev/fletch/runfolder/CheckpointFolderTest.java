package dev.fletch.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  @TempDir Path temporary;
  private final List<String> warnings = new ArrayList<>();
  private RunFolder run;
  private CheckpointFolder checkpoints;

  @BeforeEach
  void create() {
    run = RunFolder.create(temporary.resolve("run").toString(), new Configuration());
    checkpoints = new CheckpointFolder(run, "search/checkpoint", 2);
  }

  @Test
  void everythingComesBack() {
    checkpoints.save(after(0));
    Checkpoint back = checkpoints.newest(warnings::add).orElseThrow();

    assertThat(back.nextEpoch()).isEqualTo(1);
    assertThat(back.seed()).isEqualTo(7);
    assertThat(back.keys()).isEqualTo(ResultKeys.of(Map.of("search.batch", "32")));
    assertThat(back.vector("w", 3)).containsExactly(0.5f, Float.NaN, -0.0f);
    assertThat(back.vector("empty", 0)).isEmpty();
    assertThat(back.counter("steps")).isEqualTo(1L << 40);
    assertThat(back.history()).containsExactly("{\"epoch\":0}");
    assertThat(warnings).isEmpty();
  }

  @Test
  void newestOnesStay() {
    for (int epoch = 0; epoch < 4; epoch++) {
      checkpoints.save(after(epoch));
    }
    assertThat(run.list("search/checkpoint")).containsExactly("epoch-002.ckpt", "epoch-003.ckpt");
  }

  @Test
  void ageIsANumberNotAName() {
    checkpoints.save(after(999));
    checkpoints.save(after(1000));
    assertThat(checkpoints.newest(warnings::add).orElseThrow().nextEpoch()).isEqualTo(1001);
  }

  @Test
  void tornFileFallsBackToTheOneBeforeAndSaysSo() throws IOException {
    checkpoints.save(after(0));
    checkpoints.save(after(1));
    Path newest = temporary.resolve("run/search/checkpoint/epoch-001.ckpt");
    byte[] whole = Files.readAllBytes(newest);
    for (int length : new int[] {0, 10, 24, 40, whole.length - 1}) {
      warnings.clear();
      Files.write(newest, Arrays.copyOf(whole, length));
      assertThat(checkpoints.newest(warnings::add).orElseThrow().nextEpoch()).isEqualTo(1);
      assertThat(warnings)
          .singleElement()
          .asString()
          .contains("epoch-001.ckpt is damaged", "using the one before");
    }
  }

  @Test
  void everyFlippedByteIsNoticed() throws IOException {
    checkpoints.save(after(0));
    checkpoints.save(after(1));
    Path newest = temporary.resolve("run/search/checkpoint/epoch-001.ckpt");
    byte[] whole = Files.readAllBytes(newest);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 4;
      Files.write(newest, changed);
      assertThat(checkpoints.newest(warnings::add).orElseThrow().nextEpoch())
          .as("byte %d", i)
          .isEqualTo(1);
    }
    assertThat(warnings).hasSize(whole.length);
  }

  @Test
  void startingOverSilentlyIsRefusedWhenAllAreTorn() throws IOException {
    assertThat(checkpoints.newest(warnings::add)).isEmpty();
    checkpoints.save(after(0));
    Files.write(temporary.resolve("run/search/checkpoint/epoch-000.ckpt"), new byte[5]);
    assertThatThrownBy(() -> checkpoints.newest(warnings::add))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("no checkpoint in search/checkpoint is whole (epoch-000.ckpt)");
  }

  @Test
  void vectorOfAnotherNetworkIsRefused() {
    assertThatThrownBy(() -> after(0).vector("w", 4))
        .hasMessageContaining("w has 3 values, the network needs 4: it belongs to another network");
  }

  @Test
  void changedKeysAreAllListed() {
    ResultKeys before =
        ResultKeys.of(Map.of("search.batch", "32", "seed", "1", "search.order", "first"));
    ResultKeys now =
        ResultKeys.of(Map.of("search.batch", "64", "seed", "2", "search.order", "first"));
    assertThatThrownBy(() -> before.requireSame(now, "run folder r"))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessage(
            "run folder r: was started with other settings (search.batch was 32, now 64; seed was"
                + " 1, now 2): resume with the old ones, or choose another output");
    assertThat(before.digest()).hasSize(64).isNotEqualTo(now.digest());
  }

  private static Checkpoint after(int epoch) {
    return new Checkpoint(
        epoch + 1,
        7,
        ResultKeys.of(Map.of("search.batch", "32")),
        Map.of("w", new float[] {0.5f, Float.NaN, -0.0f}, "empty", new float[0]),
        Map.of("steps", 1L << 40),
        List.of("{\"epoch\":" + epoch + "}"));
  }
}
