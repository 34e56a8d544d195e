package dev.fletch.cli;

import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.run.ConfigCheck;
import dev.fletch.run.ExitCode;
import dev.fletch.run.HadoopProperties;
import dev.fletch.run.Phases;
import dev.fletch.run.Preflight;
import dev.fletch.run.SeveralRuns;
import dev.fletch.run.UsageException;
import dev.fletch.settings.Plural;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
    RunConfig config = config(hadoop);
    for (DataHeader data : check(config, hadoop)) {
      Warnings.print(spec, ConfigCheck.warnings(config, data));
    }
    return session.inPhases(config, Phases.Folder.EXISTING, "the same command", this::carryOut);
  }

  /** Of the run that is named first. */
  RunConfig config(Configuration hadoop) {
    return arguments.load(hadoop);
  }

  /** Of another run. */
  RunConfig config(String other, Configuration hadoop) {
    return arguments.load(other, hadoop);
  }

  void warn(String line) {
    Warnings.print(spec, List.of(line));
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
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
      description = {
        "Retrains the candidates of a search; trainings that are done stay.",
        "A report that is there is written anew."
      })
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
      Phases.Retrained retrained = phases.retrain();
      if (phases.hasReport()) {
        phases.report(); // or it would contradict what is in the folder by now
      }
      return Session.exitCode(retrained);
    }
  }

  @Command(
      name = "report",
      description = {
        "Writes the report of a run anew.",
        "With --output, writes one report over several runs there: methods and data sets side by"
            + " side."
      })
  public static final class Report extends LaterPhaseCommand {
    @Parameters(
        index = "1..*",
        arity = "0..*",
        paramLabel = "RUN",
        description = "More runs, for one report over all; needs --output.")
    private List<String> others = new ArrayList<>();

    @Option(
        names = "--output",
        paramLabel = "FOLDER",
        description = "Where a report over several runs is written.")
    private String output;

    public Report(Session session) {
      super(session);
    }

    @Override
    public Integer call() {
      if (output == null && others.isEmpty()) {
        return super.call();
      }
      if (output == null) {
        throw new UsageException(
            "a report over %d runs belongs to none of them: give --output FOLDER"
                .formatted(others.size() + 1));
      }
      Configuration hadoop = HadoopProperties.read();
      List<RunConfig> runs = new ArrayList<>(List.of(config(hadoop)));
      others.forEach(other -> runs.add(config(other, hadoop)));
      out()
          .println(
              Plural.of(runs.size(), "run")
                  + ": "
                  + SeveralRuns.report(runs, output, hadoop, this::warn)
                  + "/index.html");
      return ExitCode.DONE;
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
