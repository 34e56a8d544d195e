package dev.fletch.bench;

import dev.fletch.run.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The timings that need neither Spark nor Hadoop, as a program of their own: for machines that have
 * nothing but a card.
 */
@Command(name = "bench", description = "Times gradients and search steps in this process.")
public final class BenchMain {
  private BenchMain() {}

  /** Prints one line of JSON. */
  public static void main(String[] arguments) {
    BenchNetworks networks = new EngineNetworks();
    System.exit(
        new CommandLine(new BenchMain())
            .addSubcommand(new BenchStepCommand(networks))
            .addSubcommand(new BenchCandidateCommand(networks))
            .addSubcommand(new BenchSearchCommand(networks))
            .setExecutionExceptionHandler(
                (e, line, parsed) -> {
                  Failure failure = Failure.of(e);
                  failure.lines().forEach(line.getErr()::println);
                  return failure.exitCode();
                })
            .execute(arguments));
  }
}
