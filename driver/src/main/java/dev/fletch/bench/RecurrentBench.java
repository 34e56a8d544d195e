package dev.fletch.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.PublishedRecurrentCells;
import dev.fletch.data.StreamBatch;
import dev.fletch.data.StreamShape;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.recurrent.RecurrentDropout;
import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.settings.Checks;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The options of {@code bench step} for a language model, and what it measures of one. */
final class RecurrentBench {
  private static final int WARM_UP = 4;

  /** Of a search on Penn Treebank (quark0/darts, {@code rnn/train_search.py}). */
  private static final RecurrentDropout DROPOUT = new RecurrentDropout(0, 0.2, 0.75, 0.25, 0.75);

  private static final double SLOWNESS = 1e-3;

  @Option(
      names = "--recurrent",
      description = "of the supernet of recurrent cells, on one window of random words")
  private boolean wanted;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      defaultValue = "10000",
      description = "with --recurrent; default ${DEFAULT-VALUE}")
  private int vocabulary;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "300",
      description = "with --recurrent: values of a state; default ${DEFAULT-VALUE}")
  private int size;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "8",
      description = "with --recurrent; default ${DEFAULT-VALUE}")
  private int nodes;

  @Option(
      names = "--bptt",
      paramLabel = "N",
      defaultValue = "35",
      description = "with --recurrent: words of a row in a window; default ${DEFAULT-VALUE}")
  private int bptt;

  @Option(
      names = "--fixed",
      description = "with --recurrent: the network of the published cell DARTS_V2 in its place")
  private boolean fixed;

  boolean isWanted() {
    return wanted;
  }

  /** One line of JSON. */
  ObjectNode measure(BenchNetworks networks, BenchOptions options) throws IOException {
    new Checks()
        .atLeast("--vocabulary", vocabulary, 2)
        .atLeast("--size", size, 1)
        .atLeast("--nodes", nodes, 1)
        .atLeast("--bptt", bptt, 1)
        .orThrow();
    RecurrentSettings settings = new RecurrentSettings(size, DROPOUT, 0, SLOWNESS);
    StreamShape stream = new StreamShape(vocabulary, bptt);
    int rows = options.batch();
    try (TrainableNetwork network =
        networks.recurrent(
            fixed ? PublishedRecurrentCells.DARTS_V2.cell() : null,
            settings,
            nodes,
            stream,
            rows,
            options.threads())) {
      StepBenchmark benchmark =
          new StepBenchmark(
              network, words(stream, rows), Operation.RECURRENT.size(), options.warmUp(WARM_UP));
      benchmark.warmUp();
      StepBenchmark.Times step = benchmark.gradientSeconds(options.steps());
      double forward = benchmark.forwardSeconds(options.steps());
      ObjectNode line = options.line(networks, network.weightCount());
      step.put(line);
      line.put("forwardSecondsMedian", BenchOptions.rounded(forward));
      line.put("peakRssBytes", BenchOptions.peakBytes());
      line.put("planBytes", network.bytes());
      float[] dense = new float[network.mixingCount()];
      Arrays.fill(dense, 1);
      return line.put("multiplyAdds", network.multiplyAdds(dense));
    }
  }

  private StreamBatch words(StreamShape stream, int rows) {
    SplittableRandom random = new SplittableRandom(0);
    int[] tokens = random.ints((long) rows * bptt, 0, vocabulary).toArray();
    int[] targets = random.ints((long) rows * bptt, 0, vocabulary).toArray();
    return new StreamBatch(
        stream, rows, tokens, targets, IntStream.range(0, tokens.length).toArray(), new float[0]);
  }
}
