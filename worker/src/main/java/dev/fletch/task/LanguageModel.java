package dev.fletch.task;

import dev.fletch.engine.Slot;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Head;

/**
 * The next word of a stream, out of a vocabulary: softmax cross-entropy, whose matrix a recurrent
 * network shares with its embedding.
 *
 * @param vocabulary number of words, at least 2
 */
public record LanguageModel(int vocabulary) implements Task {
  public LanguageModel {
    if (vocabulary < 2) {
      throw new IllegalArgumentException("vocabulary must be >= 2, got " + vocabulary);
    }
  }

  @Override
  public Metric metric() {
    return Metrics.PERPLEXITY;
  }

  @Override
  public String noun() {
    return "word";
  }

  @Override
  public Head head(
      Blocks blocks, String name, Slot input, double lossWeight, double labelSmoothing) {
    throw new IllegalArgumentException("Only a recurrent network ends with a language model");
  }
}
