package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollapseWarningsTest {
  private final List<String> said = new ArrayList<>();
  private final List<EpochRecord> records = new ArrayList<>();

  private void look(EpochRecord record) {
    records.add(record);
    new CollapseWarnings(said::add).look(records);
  }

  @Test
  void aCollapseIsSaidEachTimeItBegins() {
    int[] skips = {2, 3, 4, 3, 2, 3};
    for (int epoch = 0; epoch < skips.length; epoch++) {
      look(Records.skips(epoch, skips[epoch], "a"));
    }

    // of four genes, two are not more than half
    assertThat(said)
        .containsExactly(
            "epoch 1: the normal cell is collapsing: 3 of its genes are skip connections, more than"
                + " half; later genotypes may be poor",
            "epoch 5: the normal cell is collapsing: 3 of its genes are skip connections, more than"
                + " half; later genotypes may be poor");
  }

  @Test
  void untrainedAlphasDoNotCollapse() {
    look(Records.skips(0, 4, ""));
    look(Records.skips(1, 4, ""));
    assertThat(said).isEmpty();

    look(Records.skips(2, 4, "a"));
    assertThat(said).hasSize(1).first().asString().startsWith("epoch 2: ");
  }

  /** Whoever looks last, since a search may have been resumed: every look here is a new one's. */
  @Test
  void growingEigenvaluesAreSaidOnce() {
    for (int epoch = 0; epoch < 20; epoch++) {
      look(Records.eigenvalue(epoch, Math.pow(1.1, epoch), "a"));
    }

    // the first mean is that of the epochs 0 to 2, the fifth that of 2 to 6
    assertThat(said)
        .containsExactly(
            "epoch 6: a collapse may be coming: the largest eigenvalue of the validation Hessian in"
                + " alpha grew to 1.34 times its value of epoch 0, more than 1.30; consider the"
                + " candidate epoch-0, or search.stop");
  }

  /** A warm-up begins a stage: its supernet has nothing to do with the one before. */
  @Test
  void eigenvaluesOfTwoStagesAreNotCompared() {
    for (int epoch = 0; epoch < 24; epoch++) {
      look(Records.eigenvalue(epoch, epoch < 12 ? 1 : 100, epoch % 12 < 2 ? "" : "a"));
    }
    assertThat(said).isEmpty();
  }
}
