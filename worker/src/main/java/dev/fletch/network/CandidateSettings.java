package dev.fletch.network;

import dev.fletch.architecture.CellStack;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import java.util.List;

/**
 * The size of a candidate network and its regularisation (DARTS paper, section 3.1; evaluation
 * networks).
 *
 * @param initChannels channels C of the first cell's nodes
 * @param stem what stands before the first cell; decides the auxiliary head too
 * @param stemMultiplier channels of the stem for small images in units of C; the stem for large
 *     ones has no use for it
 * @param auxiliaryWeight weight of the auxiliary head's loss; 0 builds no auxiliary head
 * @param dropPath drop-path probability reached at the last epoch, growing linearly from 0
 * @param epochs of the whole training: what {@code dropPath} grows over
 * @param labelSmoothing part of a label that training spreads evenly over all classes (Szegedy et
 *     al., 2016); 0 trains on labels as they are
 * @param reduceAfter of genomes and of one kind of cell: after how many copies of the structure the
 *     size is halved and channels are doubled, in ascending order; two kinds of cells have
 *     reduction cells instead
 * @param embedding how words are taken in, where the examples are texts
 * @param dropout probability with which training sets each input of the classifier to 0 (Srivastava
 *     et al., 2014)
 */
public record CandidateSettings(
    int initChannels,
    int layers,
    Stem stem,
    int stemMultiplier,
    double auxiliaryWeight,
    double dropPath,
    int epochs,
    double labelSmoothing,
    List<Integer> reduceAfter,
    @Key(inline = true) EmbeddingSettings embedding,
    double dropout)
    implements NetworkSettings {
  public CandidateSettings {
    reduceAfter = List.copyOf(reduceAfter);
    new Checks()
        .atLeast("init-channels", initChannels, 2)
        .require(
            "init-channels",
            initChannels % 2 == 0,
            "must be even, so that a factorized reduction can halve it, got " + initChannels)
        .atLeast("layers", layers, 1)
        .atLeast("stem-multiplier", stemMultiplier, 1)
        .atLeast("auxiliary-weight", auxiliaryWeight, 0)
        .below("drop-path", dropPath, 0, 1)
        .atLeast("epochs", epochs, 1)
        .below("label-smoothing", labelSmoothing, 0, 1)
        .require(
            "reduce-after",
            CellStack.areCells(reduceAfter, layers),
            CellStack.REDUCE_AFTER_RULE + reduceAfter,
            "layers")
        .below("dropout", dropout, 0, 1)
        .orThrow();
  }

  /**
   * Of a network for images or texts.
   *
   * @throws IllegalArgumentException if {@code settings} are of another network
   */
  public static CandidateSettings of(NetworkSettings settings) {
    if (settings instanceof CandidateSettings candidate) {
      return candidate;
    }
    throw new IllegalArgumentException("must be a network for images or texts, got " + settings);
  }

  /** Settings of this network with nothing but its own classifier: the auxiliary weight is 0. */
  CandidateSettings withoutAuxiliaryHead() {
    return new CandidateSettings(
        initChannels,
        layers,
        stem,
        stemMultiplier,
        0,
        dropPath,
        epochs,
        labelSmoothing,
        reduceAfter,
        embedding,
        dropout);
  }

  /** Of words with vectors as wide as the stem, and without dropout. */
  public CandidateSettings(
      int initChannels,
      int layers,
      Stem stem,
      int stemMultiplier,
      double auxiliaryWeight,
      double dropPath,
      int epochs,
      double labelSmoothing,
      List<Integer> reduceAfter) {
    this(
        initChannels,
        layers,
        stem,
        stemMultiplier,
        auxiliaryWeight,
        dropPath,
        epochs,
        labelSmoothing,
        reduceAfter,
        EmbeddingSettings.PLAIN,
        0);
  }

  /** Of cells, which have reduction cells. */
  public CandidateSettings(
      int initChannels,
      int layers,
      Stem stem,
      int stemMultiplier,
      double auxiliaryWeight,
      double dropPath,
      int epochs,
      double labelSmoothing) {
    this(
        initChannels,
        layers,
        stem,
        stemMultiplier,
        auxiliaryWeight,
        dropPath,
        epochs,
        labelSmoothing,
        List.of());
  }

  /** As the paper trains on CIFAR: the stem for small images, labels as they are. */
  public CandidateSettings(
      int initChannels,
      int layers,
      int stemMultiplier,
      double auxiliaryWeight,
      double dropPath,
      int epochs) {
    this(initChannels, layers, Stem.CIFAR, stemMultiplier, auxiliaryWeight, dropPath, epochs, 0);
  }

  /** Channels of the stem for small images or texts. */
  public int stemChannels() {
    return stemMultiplier * initChannels;
  }

  /** How its cells are stacked where they are normal and reduction cells. */
  public CellStack stack() {
    return new CellStack(initChannels, layers);
  }

  /** How its cells are stacked where there are so many kinds. */
  public CellStack stack(int kinds) {
    return kinds == 1 ? new CellStack(initChannels, layers, kinds, reduceAfter) : stack();
  }
}
