package dev.fletch.cli;

import dev.fletch.config.RunConfig;
import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.data.StreamFacts;
import dev.fletch.run.ConfigCheck;
import dev.fletch.run.ExitCode;
import dev.fletch.run.ExportForecast;
import dev.fletch.run.HadoopProperties;
import dev.fletch.run.Phases;
import dev.fletch.run.Preflight;
import dev.fletch.run.RunEstimate;
import dev.fletch.run.SweepEstimate;
import dev.fletch.run.SweepPreflight;
import dev.fletch.settings.Plural;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code validate}: everything that can be known before Spark starts. */
@Command(
    name = "validate",
    description = "Checks configuration, data files and output folder, without Spark.")
public final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigArguments arguments;

  @Option(names = "--resume", description = "Expects a run in the output folder.")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description = "Also prints trainings, parameter counts, memory and steps.")
  private boolean dryRun;

  @Override
  public Integer call() {
    RunConfig config = arguments.load();
    Phases.Folder folder = resume ? Phases.Folder.EXISTING : Phases.Folder.NEW;
    PrintWriter out = spec.commandLine().getOut();
    Optional<SweepConfig> sweep = arguments.loadSweep();
    Configuration hadoop = HadoopProperties.read();
    SweepPreflight trials = sweep.map(s -> SweepPreflight.check(s, folder, hadoop)).orElse(null);
    DataHeader data =
        sweep.isPresent()
            ? new ConfigCheck(hadoop).header(config.data())
            : Preflight.check(config, folder, hadoop);
    PrintWriter err = spec.commandLine().getErr();
    out.println("config    " + config.name() + " is valid");
    out.println(
        "output    " + config.output() + (resume ? " holds a run to go on with" : " is free"));
    List<RunConfig> configs =
        sweep
            .map(s -> s.trials().stream().map(TrialConfig::config).toList())
            .orElse(List.of(config));
    if (data.streams().isPresent()) {
      out.println(streams(data.streams().get(), configs));
    } else {
      out.printf(
          Locale.ROOT,
          "data      %,d training%s and %,d test examples of %s, %s%n",
          data.train(),
          configs.stream()
              .map(c -> split(c, data))
              .distinct()
              .reduce((one, other) -> "") // what only some trials do is said of none
              .orElse(""),
          data.test(),
          data.input(),
          Plural.of(data.classes(), "class"));
    }
    data.texts().ifPresent(texts -> out.println("texts     " + texts.line()));
    (sweep.isPresent() ? trials.warnings() : ConfigCheck.warnings(config, data))
        .forEach(warning -> out.println("warning   " + warning));
    (sweep.isPresent()
            ? trials.exportRefusals(sweep.get(), hadoop)
            : ExportForecast.refusals(config, hadoop, Set.of()))
        .forEach(refusal -> out.println("export    " + refusal));
    if (dryRun) {
      (sweep.isPresent()
              ? RunEstimate.ofBase(config, data, hadoop)
              : new RunEstimate(config, data, Set.of(), hadoop))
          .lines()
          .forEach(out::println);
    }
    if (sweep.isPresent()) {
      SweepEstimate estimate = new SweepEstimate(sweep.get(), trials.data(), hadoop);
      (dryRun ? estimate.lines() : List.of(estimate.headline())).forEach(out::println);
      return SweepCommand.printFailures(trials, err);
    }
    return ExitCode.DONE;
  }

  private static String streams(StreamFacts data, List<RunConfig> configs) {
    boolean isSearched = configs.stream().anyMatch(config -> config.retrain().needsSearch());
    return String.format(
        Locale.ROOT,
        "data      %,d training%s, %,d validation%s and %,d test words, %s",
        data.train(),
        isSearched ? " (for w)" : "",
        data.valid(),
        isSearched ? " (for alpha)" : "",
        data.test(),
        data.line());
  }

  /** What a search does with the training set; nothing if there is none. */
  private static String split(RunConfig config, DataHeader data) {
    if (!config.retrain().needsSearch()) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        config.population().isPresent()
            ? " (%,d to train genomes of the search, %,d to score them)"
            : " (%,d for w, %,d for alpha)",
        data.weights(),
        data.alpha());
  }
}
