package dev.fletch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.data.ImageShape;
import dev.fletch.engine.Profile;
import dev.fletch.genotype.Operation;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSettings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench step}: one line of JSON about the speed of one supernet gradient. */
@Command(name = "step", description = "Times one supernet gradient and prints one line of JSON.")
final class BenchStepCommand implements Callable<Integer> {
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

  private final BenchNetworks networks;

  BenchStepCommand(BenchNetworks networks) {
    this.networks = networks;
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    SupernetSettings settings =
        new SupernetSettings(options.initChannels(8), options.layers(5), 4, 3, Operation.DARTS);
    EdgeSettings edges = EdgeSettings.PLAIN.withPartial(partial);
    ImageShape image = options.image(new ImageShape(1, 28, 28));
    try (TrainableNetwork network =
        networks.supernet(
            settings, edges, image, options.classes(), options.batch(), options.threads())) {
      StepBenchmark benchmark =
          new StepBenchmark(network, image, options.classes(), options.batch(), options.warmUp(2));
      Profile profile = options.newProfile();
      benchmark.warmUp();
      networks.profile(network, profile);
      double step = benchmark.gradientSeconds(options.steps());
      networks.profile(network, null);
      double forward = benchmark.forwardSeconds(options.steps());
      ObjectNode line = options.line(networks.engine(), network.weightCount());
      line.put("stepSecondsMedian", BenchOptions.rounded(step));
      line.put("forwardSecondsMedian", BenchOptions.rounded(forward));
      line.put("peakRssBytes", BenchOptions.peakBytes());
      line.put("planBytes", networks.planBytes(network));
      line.put("multiplyAdds", networks.multiplyAdds(network));
      if (profile != null) {
        double product = networks.productGigaflops(options.threads());
        options.show(profile, product, line, spec.commandLine().getErr());
      }
      spec.commandLine().getOut().println(line);
    }
    return ExitCode.DONE;
  }
}
