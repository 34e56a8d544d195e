package dev.fletch.bilevel;

import dev.fletch.settings.Key;
import java.io.Serializable;

/**
 * How the unrolled step of the second order is taken, where DARTS' code for recurrent networks
 * (quark0/darts, {@code rnn/architect.py}) differs from that for convolutional ones and from the
 * paper.
 *
 * @param clip whether both gradients of w in it, that of w' and that at w', are clipped at the
 *     search's gradient clip: the recurrent code does
 * @param embedding what w' has in the place of the matrix that embeds words
 */
public record UnrolledSettings(
    @Key("unrolled-clip") boolean clip, @Key("unrolled-embedding") Embedding embedding)
    implements Serializable {
  /** As in the paper, and in the code for convolutional networks. */
  public static final UnrolledSettings PLAIN = new UnrolledSettings(false, Embedding.STEPPED);

  /** Of a network whose softmax shares the embedding's matrix. */
  public enum Embedding {
    /** It is stepped as all weights are: the mathematics of the paper. */
    STEPPED,
    /**
     * It keeps its values: what the published code does, which loads w' by name and overwrites the
     * stepped matrix with the old one under its second name.
     */
    KEPT
  }
}
