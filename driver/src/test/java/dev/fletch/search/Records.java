package dev.fletch.search;

import dev.fletch.architecture.CellPair;
import dev.fletch.gradient.Metrics;
import java.util.ArrayList;
import java.util.List;

/** Records of epochs, of which one thing matters. */
final class Records {
  private static final String FOUR_GENES =
      "normal=[skip_connect:0,%s:1|%s:0,%s:2] reduction=[max_pool_3x3:0,skip_connect:1|"
          + "skip_connect:0,skip_connect:1]";

  private static final CellPair ANY =
      CellPair.parse("normal=[sep_conv_3x3:0] reduction=[skip_connect:0]");

  private Records() {}

  /** With {@code skips} of four genes skip connections, 1 to 4, in the normal cell. */
  static EpochRecord skips(int epoch, int skips, String ranking) {
    String[] others = new String[3];
    for (int i = 0; i < 3; i++) {
      others[i] = i < skips - 1 ? "skip_connect" : "sep_conv_3x3";
    }
    CellPair genotype = CellPair.parse(FOUR_GENES.formatted((Object[]) others));
    return record(epoch, genotype, Double.NaN, ranking);
  }

  /** Of epochs with the largest eigenvalues {@code eigenvalues}; NaN where none was measured. */
  static List<EpochRecord> eigenvalues(List<Double> eigenvalues) {
    List<EpochRecord> records = new ArrayList<>();
    for (double eigenvalue : eigenvalues) {
      records.add(eigenvalue(records.size(), eigenvalue, "trained"));
    }
    return records;
  }

  static EpochRecord eigenvalue(int epoch, double eigenvalue, String ranking) {
    return record(epoch, ANY, eigenvalue, ranking);
  }

  private static EpochRecord record(
      int epoch, CellPair genotype, double eigenvalue, String ranking) {
    Watch watch = new Watch(Double.NaN, eigenvalue, List.of(), List.of(), ranking);
    return new EpochRecord(epoch, 1, Metrics.DEFAULT, 0.5, 0.5, 1, 1, 2, genotype, 3, 4, watch);
  }
}
