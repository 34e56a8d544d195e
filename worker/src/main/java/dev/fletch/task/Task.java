package dev.fletch.task;

import dev.fletch.data.DataHeader;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.Input;
import dev.fletch.data.StreamShape;
import dev.fletch.engine.Slot;
import dev.fletch.gradient.Metric;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Head;
import java.io.Serializable;

/** What a network learns: which head with which loss it ends with, and how good its scores are. */
public sealed interface Task extends Serializable permits Classification, LanguageModel {
  /** What there is to learn of these examples. */
  static Task of(ExampleSource examples) {
    return of(examples.input(), examples.classes());
  }

  /** What there is to learn of the data, as {@link #of(ExampleSource)} says of its examples. */
  static Task of(DataHeader data) {
    return of(data.input(), data.classes());
  }

  private static Task of(Input input, int classes) {
    return input instanceof StreamShape stream
        ? new LanguageModel(stream.vocabulary())
        : new Classification(classes);
  }

  /** What ranks networks and epochs. */
  Metric metric();

  /** What one example is called where examples are counted: {@code word}. */
  String noun();

  /**
   * Adds the end of a network, or that of a part of it.
   *
   * @param name what its weights' names start with
   * @param input {@code [C, H, W, N]}
   * @param lossWeight factor of this head's loss in the network's
   * @param labelSmoothing part of a target that training spreads evenly over all values a target
   *     can take; 0 trains on targets as they are
   */
  Head head(Blocks blocks, String name, Slot input, double lossWeight, double labelSmoothing);
}
