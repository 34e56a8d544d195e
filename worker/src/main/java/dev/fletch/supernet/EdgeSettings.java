package dev.fletch.supernet;

import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.settings.Checks;
import java.io.Serializable;
import java.util.stream.Collectors;

/**
 * What the edges of a supernet hold besides the mix of operations that DARTS has: the part of a
 * search method that the network itself has to know.
 *
 * <p>Operations, skip dropout and the auxiliary skip connection all work on the channels that do
 * not bypass them. Dropout is for the operation {@code skip_connect}, not for the auxiliary one.
 *
 * <p>Mixing weights have a row per edge. Its first columns are the operations; a bypass and an
 * auxiliary skip connection have a column each after them, in this order ({@link #extraColumns}).
 *
 * @param partial K: only the first C/K channels of a state go through the operations, the others
 *     bypass them, weighted by the bypass column; 1 for all channels through the operations
 * @param auxiliarySkip whether every edge has one more skip connection, weighted by a column of its
 *     own
 * @param sampled whether mixing weights are samples with exact zeros: an operation whose weight is
 *     0 is then not computed in training, its gradients are 0, and its batch statistics are NaN
 * @param skipDropout on the output of skip connections with stride 1
 * @param mask which operations an edge has
 */
public record EdgeSettings(
    int partial,
    boolean auxiliarySkip,
    boolean sampled,
    SkipDropout skipDropout,
    OperationMask mask)
    implements Serializable {
  /** The edges of DARTS. */
  public static final EdgeSettings PLAIN =
      new EdgeSettings(1, false, false, SkipDropout.NONE, OperationMask.ALL);

  public EdgeSettings {
    new Checks().atLeast("partial", partial, 1).orThrow();
  }

  /** Columns of the mixing weights after the operations. */
  public int extraColumns() {
    return (partial > 1 ? 1 : 0) + (auxiliarySkip ? 1 : 0);
  }

  /**
   * The column of the bypass.
   *
   * @param operations candidate operations of the space
   */
  public int bypassColumn(int operations) {
    return operations;
  }

  /** The column of the auxiliary skip connection, the last one. */
  public int auxiliaryColumn(int operations) {
    return operations + extraColumns() - 1;
  }

  /**
   * Refuses what a supernet of that size cannot have.
   *
   * @throws dev.fletch.settings.InvalidSettingsException naming the key
   */
  public void checkFor(SupernetSettings settings) {
    int channels = settings.initChannels();
    int edges = settings.topology().edges();
    new Checks()
        .require(
            "partial",
            channels % partial == 0 && channels / partial % 2 == 0,
            "must divide init-channels, "
                + channels
                + ", into parts of an even number of channels, so that a factorized reduction can"
                + " halve them, got "
                + partial)
        .require(
            "partial",
            refusals(settings).isEmpty(),
            "must leave operations as many channels as they need: " + refusals(settings))
        .require(
            "mask",
            mask.equals(OperationMask.ALL)
                || (mask.normal().size() == edges && mask.reduction().size() == edges),
            "must name the operations of all %d edges of both cells, got %d and %d"
                .formatted(edges, mask.normal().size(), mask.reduction().size()))
        .orThrow();
  }

  private String refusals(SupernetSettings settings) {
    return settings.operations().stream()
        .flatMap(o -> OperationBlock.refusal(o, settings.initChannels() / partial).stream())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  public EdgeSettings withPartial(int k) {
    return new EdgeSettings(k, auxiliarySkip, sampled, skipDropout, mask);
  }

  public EdgeSettings withAuxiliarySkip() {
    return new EdgeSettings(partial, true, sampled, skipDropout, mask);
  }

  public EdgeSettings withSampling() {
    return new EdgeSettings(partial, auxiliarySkip, true, skipDropout, mask);
  }

  public EdgeSettings with(SkipDropout dropout) {
    return new EdgeSettings(partial, auxiliarySkip, sampled, dropout, mask);
  }

  public EdgeSettings with(OperationMask operations) {
    return new EdgeSettings(partial, auxiliarySkip, sampled, skipDropout, operations);
  }
}
