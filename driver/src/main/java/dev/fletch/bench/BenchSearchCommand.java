package dev.fletch.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Operation;
import dev.fletch.bilevel.AlphaGradient;
import dev.fletch.bilevel.BilevelStep;
import dev.fletch.bilevel.SearchState;
import dev.fletch.bilevel.StepProcedure.Rates;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientSource;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.run.ExitCode;
import dev.fletch.settings.Sha256;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SoftmaxRelaxation;
import dev.fletch.supernet.SupernetSettings;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench search}: one line of JSON about the speed of whole steps of a search by gradients,
 * in this process.
 */
@Command(
    name = "search",
    description =
        "Times whole search steps of one replica (both gradients and both optimizers) and prints"
            + " one line of JSON.")
public final class BenchSearchCommand implements Callable<Integer> {
  private static final int WARM_UP = 3;
  private static final double CLIP = 5;
  private static final Rates RATES = new Rates(0.025, 3e-4);

  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Option(
      names = "--order",
      paramLabel = "1|2",
      defaultValue = "1",
      description = "of alpha's gradient; default ${DEFAULT-VALUE}")
  private int order;

  private final BenchNetworks networks;

  public BenchSearchCommand(BenchNetworks networks) {
    this.networks = networks;
  }

  @Override
  public Integer call() {
    options.check();
    options.bindDevice();
    SupernetSettings settings =
        new SupernetSettings(options.initChannels(8), options.layers(5), 4, 3, Operation.DARTS);
    ImageShape image = options.image(new ImageShape(1, 28, 28));
    TrainableNetwork network =
        networks.supernet(
            settings,
            EdgeSettings.PLAIN,
            image,
            options.classes(),
            options.batch(),
            options.threads());
    RandomExamples examples = new RandomExamples(image, options.classes());
    try (GradientSource source =
        new LocalGradientSource(network, examples, 1, options.batch(), 0)) {
      SearchState state = state(network).at(source.place());
      BilevelStep step = new BilevelStep(source, AlphaGradient.ofOrder(order), CLIP);
      SoftmaxRelaxation relaxation = new SoftmaxRelaxation(Operation.DARTS.size(), 1);
      double[] seconds = new double[options.steps()];
      int warmUp = options.warmUp(WARM_UP);
      for (int k = 0; k < warmUp + seconds.length; k++) {
        long start = System.nanoTime();
        step.take(state, relaxation, new StepId(0, k), RATES);
        if (k >= warmUp) {
          seconds[k - warmUp] = (System.nanoTime() - start) / 1e9;
        }
      }
      double median = new Median().evaluate(seconds);
      ObjectNode line = options.line(networks, network.weightCount());
      line.put("order", order);
      line.put("searchStepSecondsMedian", BenchOptions.rounded(median));
      line.put("searchStepsPerSecond", BenchOptions.rounded(1 / median));
      line.put("weightsSha256", sha256(state.training().weightsOnHost()));
      line.put("alphaSha256", sha256(state.alpha()));
      spec.commandLine().getOut().println(line);
    }
    return ExitCode.DONE;
  }

  private static SearchState state(TrainableNetwork network) {
    float[] weights = network.initialWeights(0);
    float[] alpha = new float[network.mixingCount()];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = 1e-3f * (i % Operation.DARTS.size());
    }
    TrainingState training =
        new TrainingState(
            weights,
            new SgdSettings(0.9, 3e-4).optimizer(weights.length),
            network.initialStatistics());
    return new SearchState(
        training, alpha, new AdamSettings(0.5, 0.999, 1e-8, 1e-3).optimizer(alpha.length));
  }

  /** By which two runs can be seen to have come to the same bits. */
  private static String sha256(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return Sha256.of(bytes.array());
  }
}
