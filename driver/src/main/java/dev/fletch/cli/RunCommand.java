package dev.fletch.cli;

import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.run.ConfigCheck;
import dev.fletch.run.ExitCode;
import dev.fletch.run.HadoopProperties;
import dev.fletch.run.Phases;
import dev.fletch.run.Preflight;
import dev.fletch.run.RunEstimate;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run} and {@code search}: from a configuration on. */
@Command
public abstract class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigArguments arguments;

  @Option(names = "--resume", description = "Goes on with the run in the output folder.")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description = "Checks everything and prints what the run would take, then stops.")
  private boolean dryRun;

  private final Session session;

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RunConfig config = arguments.load();
    Phases.Folder folder = resume ? Phases.Folder.EXISTING : Phases.Folder.NEW;
    Configuration hadoop = HadoopProperties.read();
    DataHeader data = Preflight.check(config, folder, hadoop);
    Warnings.print(spec, ConfigCheck.warnings(config, data));
    if (dryRun) {
      new RunEstimate(config, data, Set.of(), hadoop)
          .lines()
          .forEach(spec.commandLine().getOut()::println);
      return ExitCode.DONE;
    }
    return session.inPhases(config, folder, "--resume", this::carryOut);
  }

  /** What is done, and the exit code it comes to. */
  abstract int carryOut(Phases phases);

  @Command(
      name = "run",
      description =
          "Searches, retrains and reports: the main job. Where all candidates are given, nothing is"
              + " searched.")
  public static final class Whole extends RunCommand {
    public Whole(Session session) {
      super(session);
    }

    @Override
    int carryOut(Phases phases) {
      if (phases.candidatesNeedSearch()) {
        phases.search();
      }
      Phases.Retrained retrained = phases.retrain();
      phases.report();
      return Session.exitCode(retrained);
    }
  }

  @Command(name = "search", description = "Searches only; retrain and report go on from its run.")
  public static final class Search extends RunCommand {
    public Search(Session session) {
      super(session);
    }

    @Override
    int carryOut(Phases phases) {
      phases.search();
      return ExitCode.DONE;
    }
  }
}
