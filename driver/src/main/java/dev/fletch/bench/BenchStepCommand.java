package dev.fletch.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Operation;
import dev.fletch.data.ImageShape;
import dev.fletch.engine.MachineRates;
import dev.fletch.engine.Profile;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.run.ExitCode;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench step}: one line of JSON about the speed of one supernet gradient. */
@Command(name = "step", description = "Times one supernet gradient and prints one line of JSON.")
public final class BenchStepCommand implements Callable<Integer> {
  private static final int WARM_UP = 2;

  /** Sampled steps are short, and each has other shapes of products: the JIT needs more of them. */
  private static final int SAMPLED_WARM_UP = 20;

  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Option(
      names = "--partial",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "only 1/K of the channels go through the operations (PC-DARTS); default"
              + " ${DEFAULT-VALUE}")
  private int partial;

  @Mixin private RecurrentBench recurrent;

  private final BenchNetworks networks;

  public BenchStepCommand(BenchNetworks networks) {
    this.networks = networks;
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    if (recurrent.isWanted()) {
      spec.commandLine().getOut().println(recurrent.measure(networks, options));
      return ExitCode.DONE;
    }
    options.bindDevice();
    SupernetSettings settings =
        new SupernetSettings(options.initChannels(8), options.layers(5), 4, 3, Operation.DARTS);
    ImageShape image = options.image(new ImageShape(1, 28, 28));
    EdgeSettings all = EdgeSettings.PLAIN.withPartial(partial);
    EdgeSettings edges = options.sampled() ? all.withSampling() : all;
    try (TrainableNetwork network =
        networks.supernet(
            settings, edges, image, options.classes(), options.batch(), options.threads())) {
      StepBenchmark benchmark =
          new StepBenchmark(
              network,
              image,
              options.classes(),
              options.batch(),
              options.warmUp(options.sampled() ? SAMPLED_WARM_UP : WARM_UP));
      if (options.sampled()) {
        benchmark.sampling(Operation.DARTS.size());
      }
      Profile profile = options.newProfile();
      benchmark.warmUp();
      network.profile(profile);
      StepBenchmark.Times step = benchmark.gradientSeconds(options.steps());
      network.profile(null);
      double forward = benchmark.forwardSeconds(options.steps());
      ObjectNode line = options.line(networks, network.weightCount());
      step.put(line);
      line.put("forwardSecondsMedian", BenchOptions.rounded(forward));
      line.put("peakRssBytes", BenchOptions.peakBytes());
      line.put("planBytes", network.bytes());
      float[] dense = new float[network.mixingCount()];
      Arrays.fill(dense, 1);
      line.put("multiplyAdds", network.multiplyAdds(dense));
      if (options.sampled()) {
        double mean = benchmark.meanOfSamples(options.steps(), network::multiplyAdds);
        line.put("sampledMultiplyAdds", Math.round(mean));
      }
      if (profile != null) {
        MachineRates rates = networks.rates(options.threads());
        options.show(profile, rates, line, spec.commandLine().getErr());
      }
      spec.commandLine().getOut().println(line);
    }
    return ExitCode.DONE;
  }
}
