package dev.fletch.architecture;

import dev.fletch.settings.HasText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Recurrent cells to compare with: those that quark0/darts publishes in {@code rnn/genotypes.py},
 * and baselines made by hand. Names end in {@code _RNN} where a genotype of images has the same.
 */
public enum PublishedRecurrentCells implements HasText {
  /** First order. */
  DARTS_V1(
      "DARTS_V1_RNN", "recurrent=[relu:0|relu:1|tanh:2|relu:3|relu:4|identity:1|relu:5|relu:1]"),
  /** Second order. */
  DARTS_V2(
      "DARTS_V2_RNN",
      "recurrent=[sigmoid:0|relu:1|relu:1|identity:1|tanh:2|sigmoid:5|tanh:3|relu:5]"),
  /** Pham et al., 2018, arXiv:1802.03268: 11 nodes, and the mean of those that no node reads. */
  ENAS(
      "ENAS_RNN",
      "recurrent=[tanh:0|tanh:1|relu:1|tanh:3|tanh:3|relu:3|relu:4|relu:7|relu:8|relu:8|relu:8]"
          + " output=[2,5,6,9,10,11]"),
  /**
   * A recurrent highway network (Zilly et al., 2017, arXiv:1607.03474) with coupled gates: tanh
   * layers one above the other, as many as the cells of DARTS have nodes, so that it has exactly as
   * many weights as they have at the same size. Its output is the mean of the layers, where that
   * paper's is the last.
   */
  HIGHWAY(
      "baseline-highway", "recurrent=[tanh:0|tanh:1|tanh:2|tanh:3|tanh:4|tanh:5|tanh:6|tanh:7]"),
  /**
   * State 0, which is a gated tanh of word and last output as in a minimal gated unit, then one
   * gated tanh layer: a recurrent highway network of depth 2. With W words and size C it has {@code
   * W (C + 1) + 6 C^2} weights, where cells of 8 nodes have {@code W (C + 1) + 20 C^2}.
   */
  GATED("baseline-gated", "recurrent=[tanh:0]"),
  /**
   * The plain recurrent network, {@code tanh(W [x, h])} without any gate: {@code W (C + 1) + 2 C^2}
   * weights.
   */
  TANH("baseline-tanh", "recurrent=[tanh]");

  private final String text;
  private final RecurrentCell cell;

  PublishedRecurrentCells(String text, String cell) {
    this.text = text;
    this.cell = RecurrentCell.parse(cell);
  }

  /** The cell of that name, if there is one. */
  public static Optional<RecurrentCell> find(String name) {
    return Arrays.stream(values()).filter(p -> p.text.equals(name)).findFirst().map(p -> p.cell);
  }

  /** All names, in the order of this list. */
  public static List<String> names() {
    return Arrays.stream(values()).map(PublishedRecurrentCells::text).toList();
  }

  /** The name in {@code retrain.candidates}. */
  @Override
  public String text() {
    return text;
  }

  public RecurrentCell cell() {
    return cell;
  }
}
