package dev.fletch.architecture;

import dev.fletch.settings.HasText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Structures made by hand, written in the space that genomes are searched in: what a search has to
 * beat. They are stacked like any genome, block after block.
 */
public enum BaselineGenomes implements HasText {
  /**
   * The basic block of ResNet-18 (He et al., 2016, figure 5) out of separable convolutions: two 3x3
   * in the main path, then 1x1, beside which the identity is the shortcut.
   */
  RESNET_BLOCK(
      "baseline-resnet-block",
      "genome output=3 nodes=[1:add(sep_conv_3+relu,none)|2:add(sep_conv_3+relu,none)"
          + "|3:add(sep_conv_1,identity)] connections=[1:0>1:I,2:1>2:I,3:2>3:I,4:0>3:J]"),

  /**
   * The encoder block of the Transformer (Vaswani et al., 2017, section 3.1): self-attention, then
   * the position-wise part, each beside the identity. Batch norm of the convolutions stands for
   * layer norm.
   */
  TRANSFORMER_BLOCK(
      "baseline-transformer-block",
      "genome output=2 nodes=[1:add(attention,identity)|2:add(sep_conv_1+relu,identity)]"
          + " connections=[1:0>1:I,2:0>1:J,3:1>2:I,4:1>2:J]");

  private final String text;
  private final Genome genome;

  BaselineGenomes(String text, String genome) {
    this.text = text;
    this.genome = Genome.parse(genome);
  }

  /** The baseline of that name, if it is one. */
  public static Optional<Genome> find(String name) {
    return Arrays.stream(values()).filter(b -> b.text.equals(name)).findFirst().map(b -> b.genome);
  }

  /** All names, in the order of this list. */
  public static List<String> names() {
    return Arrays.stream(values()).map(BaselineGenomes::text).toList();
  }

  /** The name in {@code retrain.candidates}. */
  @Override
  public String text() {
    return text;
  }

  public Genome genome() {
    return genome;
  }
}
