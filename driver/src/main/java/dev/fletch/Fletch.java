package dev.fletch;

import dev.fletch.bench.BenchCandidateCommand;
import dev.fletch.bench.BenchExchangeCommand;
import dev.fletch.bench.BenchNetworks;
import dev.fletch.bench.BenchSearchCommand;
import dev.fletch.bench.BenchStepCommand;
import dev.fletch.bench.EngineNetworks;
import dev.fletch.cli.JavaVersion;
import dev.fletch.cli.LaterPhaseCommand;
import dev.fletch.cli.RunCommand;
import dev.fletch.cli.Session;
import dev.fletch.cli.SweepCommand;
import dev.fletch.cli.ValidateCommand;
import dev.fletch.export.ExportCommand;
import dev.fletch.run.ExitCode;
import dev.fletch.run.Failure;
import dev.fletch.run.Phases;
import dev.fletch.run.SharedSpark;
import dev.fletch.run.SparkPhases;
import dev.fletch.runfolder.Build;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code fletch COMMAND [CONF] [options]}. */
@Command(
    name = "fletch",
    description = "Differentiable neural-architecture search on Apache Spark.",
    subcommands = CommandLine.HelpCommand.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Fletch.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:some candidates or trials failed",
      "2:bad configuration, data or usage",
      "3:infrastructure: file system, Spark or a machine failed",
      "130:interrupted from the keyboard; --resume goes on",
      "143:told to end (SIGTERM); --resume goes on"
    })
public final class Fletch implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Prints the stack trace of a failure.")
  private boolean verbose;

  private Fletch() {}

  public static void main(String[] arguments) {
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, Charset.defaultCharset()), true);
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(System.err, Charset.defaultCharset()), true);
    Optional<String> refusal = JavaVersion.refusal(Runtime.version().feature());
    if (refusal.isPresent()) {
      err.println("fletch: " + refusal.get());
      System.exit(ExitCode.INFRASTRUCTURE);
    }
    System.exit(execute(SparkPhases::open, new EngineNetworks(), out, err, arguments));
  }

  /**
   * Carries out one command. All failures end as lines on {@code err}.
   *
   * @return the exit code
   */
  public static int execute(
      Phases.Factory phases,
      BenchNetworks networks,
      PrintWriter out,
      PrintWriter err,
      String... arguments) {
    Fletch fletch = new Fletch();
    String command = "fletch " + String.join(" ", arguments);
    Session session = new Session(command, phases, err, System.console() != null);
    CommandLine bench =
        new CommandLine(new Group())
            .addSubcommand(new BenchStepCommand(networks))
            .addSubcommand(new BenchSearchCommand(networks))
            .addSubcommand(new BenchCandidateCommand(networks))
            .addSubcommand(new BenchExchangeCommand());
    return new CommandLine(fletch)
        .addSubcommand(new RunCommand.Whole(session))
        .addSubcommand(new RunCommand.Search(session))
        .addSubcommand(new SweepCommand(session, SharedSpark::new))
        .addSubcommand(new LaterPhaseCommand.Retrain(session))
        .addSubcommand(new LaterPhaseCommand.Report(session))
        .addSubcommand(new ExportCommand())
        .addSubcommand(new ValidateCommand())
        .addSubcommand(bench)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler((e, args) -> misused(e))
        .setExecutionExceptionHandler(
            (e, line, parsed) ->
                session.isInterrupted() ? ExitCode.INTERRUPTED : fletch.failed(e, line))
        .execute(arguments);
  }

  /** Without a command there is nothing to do but to say what there is. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  private static int misused(ParameterException e) {
    CommandLine line = e.getCommandLine();
    String advice = "";
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      advice =
          suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
    }
    String help = line.getCommandSpec().qualifiedName() + " --help";
    line.getErr().println("fletch: " + oneLine(e.getMessage()) + advice + " (see " + help + ")");
    return ExitCode.USAGE;
  }

  private int failed(Exception e, CommandLine line) {
    Failure failure = Failure.of(e);
    failure.lines().forEach(l -> line.getErr().println("fletch: " + l));
    if (verbose) {
      e.printStackTrace(line.getErr());
    }
    return failure.exitCode();
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ");
  }

  /** A command that only has commands of its own. */
  @Command(
      name = "bench",
      description = "Measures this machine.",
      synopsisSubcommandLabel = "COMMAND")
  static final class Group implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(
          spec.commandLine(), "bench needs a command: step, candidate or exchange");
    }
  }

  /** The version the build has stamped in. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Build build = Build.running();
      return new String[] {"fletch " + build.version() + " (commit " + build.commit() + ")"};
    }
  }
}
