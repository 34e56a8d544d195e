package dev.fletch.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.data.ImageShape;
import dev.fletch.engine.MachineRates;
import dev.fletch.engine.Profile;
import dev.fletch.network.CandidateSettings;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.run.ExitCode;
import dev.fletch.run.UsageException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench candidate}: one line of JSON about the speed of one training step of a candidate
 * network, without auxiliary head and drop path.
 */
@Command(
    name = "candidate",
    description = "Times one training step of a candidate network and prints one line of JSON.")
public final class BenchCandidateCommand implements Callable<Integer> {
  private static final SgdSettings SGD = new SgdSettings(0.9, 3e-4);
  private static final double RATE = 0.025;

  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Option(
      names = "--genotype",
      paramLabel = "NAME",
      defaultValue = "DARTS_V2",
      description = "a published genotype or its text; default ${DEFAULT-VALUE}")
  private String genotype;

  /** A candidate's steps are so short that compiling the kernels takes dozens of them. */
  private static final int WARM_UP = 40;

  private final BenchNetworks networks;

  public BenchCandidateCommand(BenchNetworks networks) {
    this.networks = networks;
  }

  private CellPair chosen() {
    try {
      return genotype.contains("=") ? CellPair.parse(genotype) : PublishedGenotypes.find(genotype);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--genotype: " + e.getMessage());
    }
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    options.bindDevice();
    CellPair chosen = chosen();
    CandidateSettings settings =
        new CandidateSettings(options.initChannels(16), options.layers(8), 3, 0, 0, 1);
    ImageShape image = options.image(new ImageShape(3, 32, 32));
    try (TrainableNetwork network =
        networks.candidate(
            chosen, settings, image, options.classes(), options.batch(), options.threads())) {
      StepBenchmark benchmark =
          new StepBenchmark(
                  network, image, options.classes(), options.batch(), options.warmUp(WARM_UP))
              .training(SGD.optimizer(network.weightCount()), RATE);
      Profile profile = options.newProfile();
      benchmark.warmUp();
      network.profile(profile);
      StepBenchmark.Times step = benchmark.gradientSeconds(options.steps());
      ObjectNode line = options.line(networks, network.weightCount());
      step.put(line);
      line.put("peakRssBytes", BenchOptions.peakBytes());
      line.put("planBytes", network.bytes());
      if (profile != null) {
        MachineRates rates = networks.rates(options.threads());
        options.show(profile, rates, line, spec.commandLine().getErr());
      }
      spec.commandLine().getOut().println(line);
    }
    return ExitCode.DONE;
  }
}
