package dev.fletch.cli;

import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.run.ConfigCheck;
import dev.fletch.run.ExitCode;
import dev.fletch.run.HadoopProperties;
import dev.fletch.run.Phases;
import dev.fletch.run.Preflight;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code retrain} and {@code report}: from the run folder of an earlier phase on. */
@Command
public abstract class LaterPhaseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RunArguments arguments;

  private final Session session;

  LaterPhaseCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Configuration hadoop = HadoopProperties.read();
    RunConfig config = arguments.load(hadoop);
    for (DataHeader data : check(config, hadoop)) {
      Warnings.print(spec, ConfigCheck.warnings(config, data));
    }
    return session.inPhases(config, Phases.Folder.EXISTING, "the same command", this::carryOut);
  }

  /**
   * Finds what is wrong before anything is started.
   *
   * @return the data, where the phase needs any
   */
  abstract List<DataHeader> check(RunConfig config, Configuration hadoop);

  /** What is done, and the exit code it comes to. */
  abstract int carryOut(Phases phases);

  @Command(
      name = "retrain",
      description = "Retrains the candidates of a search; trainings that are done stay.")
  public static final class Retrain extends LaterPhaseCommand {
    public Retrain(Session session) {
      super(session);
    }

    @Override
    List<DataHeader> check(RunConfig config, Configuration hadoop) {
      return List.of(Preflight.check(config, Phases.Folder.EXISTING, hadoop));
    }

    @Override
    int carryOut(Phases phases) {
      return Session.exitCode(phases.retrain());
    }
  }

  @Command(name = "report", description = "Writes the report of a run anew.")
  public static final class Report extends LaterPhaseCommand {
    public Report(Session session) {
      super(session);
    }

    /** The report needs nothing but the run folder, which has been opened. */
    @Override
    List<DataHeader> check(RunConfig config, Configuration hadoop) {
      return List.of();
    }

    @Override
    int carryOut(Phases phases) {
      phases.report();
      return ExitCode.DONE;
    }
  }
}
