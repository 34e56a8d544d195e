package dev.fletch.nn;

import dev.fletch.data.Input;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.Slot;
import java.util.List;

/** What stands before the first cell of a network for small images or for texts. */
public final class InputStem {
  private InputStem() {}

  /**
   * Of images a convolution 3x3, of texts an embedding; then batch norm with gamma and beta.
   *
   * @param input what the examples are
   * @param examples {@code [C, N, H, W]}, or {@code [1, P]} words
   * @return {@code [channels, N, H, W]}, or {@code [channels, P]}
   */
  public static Slot of(Blocks blocks, Input input, Slot examples, int channels) {
    if (input instanceof TokenShape texts) {
      return ofTexts(blocks, texts, examples, channels, channels);
    }
    return blocks.stem(examples, channels);
  }

  /**
   * Of texts, where words have vectors of another length than there are channels: a convolution 1x1
   * follows the embedding then.
   *
   * @param width length of a word's vector
   */
  public static Slot ofTexts(Blocks blocks, TokenShape texts, Slot words, int width, int channels) {
    Slot stem = Embedding.of(blocks.plan(), "stem.embedding.weight", texts, words, width);
    if (width != channels) {
      Slot projected = blocks.plan().slot(channels, words.extent());
      blocks.pointwise("stem.0.weight", stem, projected);
      stem = projected;
    }
    Slot output = blocks.plan().slot(channels, words.extent());
    blocks.addNorm(List.of("stem.1"), List.of(channels), new Centred(stem, null), output);
    return output;
  }
}
