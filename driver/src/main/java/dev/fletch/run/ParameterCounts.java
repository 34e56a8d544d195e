package dev.fletch.run;

import dev.fletch.architecture.Derivation;
import dev.fletch.architecture.Operation;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.network.CandidateSettings;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.OperationWeights;
import dev.fletch.supernet.SupernetSettings;
import java.util.stream.LongStream;

/**
 * How many weights networks have, without building them. Auxiliary heads do not count, as in
 * published tables.
 */
final class ParameterCounts {
  private ParameterCounts() {}

  /** Weights of a supernet with the edges of DARTS; alpha does not count. */
  static long supernet(SupernetSettings settings, Input input, int classes) {
    return supernet(settings, EdgeSettings.PLAIN, input, classes);
  }

  /** Weights of the supernet; alpha does not count. */
  static long supernet(SupernetSettings settings, EdgeSettings edges, Input input, int classes) {
    return network(
        new Size(settings.initChannels(), settings.layers(), settings.nodes(), 0),
        new StemSize(settings.stemMultiplier() * settings.initChannels(), input),
        classes,
        (channels, reduction) -> cell(settings, edges, channels / edges.partial(), reduction));
  }

  /**
   * @param channels that operations work on
   */
  private static long cell(
      SupernetSettings settings, EdgeSettings edges, long channels, boolean reduction) {
    long sum = 0;
    int edge = 0;
    for (int node = 0; node < settings.nodes(); node++) {
      for (int from = 0; from < node + 2; from++) {
        // In a reduction cell the edges from its two inputs have stride 2.
        int stride = reduction && from < 2 ? 2 : 1;
        int number = edge;
        sum +=
            settings.operations().stream()
                .filter(o -> edges.mask().has(reduction, number, o))
                .mapToLong(o -> OperationWeights.count(o, channels, stride, 0))
                .sum();
        sum +=
            edges.auxiliarySkip()
                ? OperationWeights.count(Operation.SKIP_CONNECT, channels, stride, 0)
                : 0;
        edge++;
      }
    }
    return sum;
  }

  /**
   * The fewest weights a candidate can have, whatever the search finds: cells may be down to one
   * gene, in their one node that is not isolated, where {@code rule} may leave genes out.
   */
  static long least(
      Derivation rule,
      SupernetSettings space,
      CandidateSettings settings,
      Input input,
      int classes) {
    Genes genes = rule.mayLeaveGenesOut() ? new Genes(1, 1) : Genes.all(space);
    return candidate(genes, space, settings, input, classes, counts -> counts.min().orElseThrow());
  }

  /** The most weights a candidate can have: every node has two genes. */
  static long most(SupernetSettings space, CandidateSettings settings, Input input, int classes) {
    return candidate(
        Genes.all(space), space, settings, input, classes, counts -> counts.max().orElseThrow());
  }

  /**
   * Of a cell of a candidate network.
   *
   * @param nodes that are not isolated
   */
  private record Genes(int nodes, int count) {
    static Genes all(SupernetSettings space) {
      return new Genes(space.nodes(), 2 * space.nodes());
    }
  }

  private static long candidate(
      Genes genes,
      SupernetSettings space,
      CandidateSettings settings,
      Input input,
      int classes,
      Choice choice) {
    return network(
        new Size(settings.initChannels(), settings.layers(), genes.nodes(), 2),
        StemSize.of(settings, input),
        classes,
        (channels, reduction) ->
            genes.count()
                * choice.of(
                    space.operations().stream()
                        .filter(o -> o != Operation.NONE)
                        .flatMapToLong(
                            o ->
                                LongStream.of(
                                    OperationWeights.count(o, channels, 1, 2),
                                    OperationWeights.count(o, channels, reduction ? 2 : 1, 2)))));
  }

  /**
   * @param affine parameters per channel of a batch norm inside cells: 2, or 0 in a supernet
   */
  private record Size(int channels, int layers, int nodes, int affine) {
    boolean isReduction(int layer) {
      return layer == layers / 3 || layer == 2 * layers / 3;
    }
  }

  private interface Choice {
    long of(LongStream counts);
  }

  private interface CellEdges {
    long weights(long channels, boolean reduction);
  }

  /**
   * @param channels that the first cells read
   * @param weights of convolutions 3x3 and affine batch norms
   */
  private record StemSize(long channels, long weights) {
    StemSize(long channels, Input input) {
      this(channels, layer(imageChannels(input), channels));
    }

    static StemSize of(CandidateSettings settings, Input input) {
      long channels = settings.initChannels();
      return switch (settings.stem()) {
        case CIFAR -> new StemSize(settings.stemMultiplier() * channels, input);
        case IMAGENET ->
            new StemSize(
                channels,
                layer(imageChannels(input), channels / 2)
                    + layer(channels / 2, channels)
                    + layer(channels, channels));
      };
    }

    private static long imageChannels(Input input) {
      return ((ImageShape) input).channels();
    }

    private static long layer(long from, long to) {
      return (9 * from + 2) * to;
    }
  }

  private static long network(Size size, StemSize stem, int classes, CellEdges edges) {
    long before = stem.channels();
    long previous = before;
    long channels = size.channels();
    long sum = stem.weights();
    for (int layer = 0; layer < size.layers(); layer++) {
      channels *= size.isReduction(layer) ? 2 : 1;
      sum += (before + previous + 2L * size.affine()) * channels;
      sum += edges.weights(channels, size.isReduction(layer));
      before = previous;
      previous = size.nodes() * channels;
    }
    return sum + previous * classes + classes;
  }
}
