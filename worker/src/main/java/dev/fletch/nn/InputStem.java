package dev.fletch.nn;

import dev.fletch.data.Input;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.ElementDropout;
import dev.fletch.engine.Slot;
import java.util.List;
import java.util.Optional;

/** What stands before the first cell of a network for small images or for texts. */
public final class InputStem {
  private InputStem() {}

  /**
   * Of images a convolution 3x3, of texts an embedding; then batch norm with gamma and beta.
   *
   * @param input what the examples are
   * @param examples {@code [C, H, W, N]}, or {@code [1, P]} words
   * @return {@code [channels, H, W, N]}, or {@code [channels, P]}
   */
  public static Slot of(Blocks blocks, Input input, Slot examples, int channels) {
    return of(blocks, input, examples, channels, EmbeddingSettings.PLAIN, new DropoutDraws());
  }

  /**
   * As {@link #of(Blocks, Input, Slot, int)}, with words taken in as {@code embedding} says.
   *
   * @param draws what training passes drop, at {@link DropoutDraws#WORDS} and {@link
   *     DropoutDraws#EMBEDDING}
   */
  public static Slot of(
      Blocks blocks,
      Input input,
      Slot examples,
      int channels,
      EmbeddingSettings embedding,
      DropoutDraws draws) {
    if (input instanceof TokenShape texts) {
      return ofTexts(blocks, texts, examples, channels, embedding, draws);
    }
    return blocks.stem(examples, channels);
  }

  /** A 1x1 convolution follows the embedding where it is not as wide as the stem. */
  private static Slot ofTexts(
      Blocks blocks,
      TokenShape texts,
      Slot words,
      int channels,
      EmbeddingSettings embedding,
      DropoutDraws draws) {
    int width = embedding.width(channels);
    Slot stem =
        Embedding.of(
            blocks.plan(),
            Embedding.STEM_WEIGHT,
            texts,
            words,
            width,
            droppedWords(embedding, draws));
    double dropout = embedding.embeddingDropout();
    if (dropout > 0) {
      stem =
          Dropout.of(
              blocks.plan(),
              "embedding dropout",
              stem,
              extent ->
                  Optional.of(
                      new ElementDropout(
                          draws.keys(DropoutDraws.EMBEDDING), extent.places(), dropout)));
    }
    if (width != channels) {
      Slot projected = blocks.plan().slot(channels, words.extent());
      blocks.pointwise("stem.0.weight", stem, projected);
      stem = projected;
    }
    Slot output = blocks.plan().slot(channels, words.extent());
    blocks.addNorm(List.of("stem.1"), List.of(channels), new Centred(stem, null), output);
    return output;
  }

  private static Dropout.Draws droppedWords(EmbeddingSettings embedding, DropoutDraws draws) {
    double dropout = embedding.wordDropout();
    return extent ->
        dropout == 0
            ? Optional.empty()
            : Optional.of(
                new ElementDropout(draws.keys(DropoutDraws.WORDS), extent.places(), dropout));
  }
}
