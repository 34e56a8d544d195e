package dev.fletch.search;

import dev.fletch.data.AugmentationSettings;
import java.io.Serializable;

/** What a configuration says of a search, by what is searched with: gradients, or a population. */
public sealed interface SearchSection extends Serializable
    permits SearchSettings, PopulationSettings {
  /** The method's name, for example {@code td-darts} or {@code neat}. */
  String methodName();

  /** Epochs, or generations, at most. */
  int epochs();

  /** What is done to the examples that weights are trained on. */
  AugmentationSettings augmentation();

  /** Native threads of a replica, or of a training. */
  int threads();

  /** How many replicas, or trainings, there are at a time. */
  int tasks();

  /** How many of the latest checkpoints stay. */
  int keepCheckpoints();
}
