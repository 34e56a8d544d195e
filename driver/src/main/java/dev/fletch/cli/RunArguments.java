package dev.fletch.cli;

import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.run.UsageException;
import dev.fletch.runfolder.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The run of a command that goes on from an earlier phase. */
public final class RunArguments {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Run folder, or the HOCON file whose output it is.")
  private String run;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one key, for example --set retrain.epochs=10; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  /** The configuration, its output being a folder that holds a run. */
  public RunConfig load(Configuration hadoop) {
    return load(run, hadoop);
  }

  /** As {@link #load(Configuration)}, of another folder or file with the same overrides. */
  RunConfig load(String run, Configuration hadoop) {
    if (Files.isRegularFile(Path.of(run)) || run.endsWith(".conf")) {
      RunConfig config = RunConfigLoader.load(Path.of(run), overrides);
      RunFolder.open(config.output(), hadoop);
      return config;
    }
    if (overrides.stream().anyMatch(o -> o.matches("(fletch\\.)?output\\s*=.*"))) {
      throw new UsageException(
          "--set output=... contradicts the run folder "
              + run
              + "; give only one of them, or a configuration file");
    }
    RunFolder folder = RunFolder.open(run, hadoop);
    List<String> all = new ArrayList<>(overrides);
    all.add("output=" + run); // it may have been moved since
    return RunConfigLoader.load(
        run + "/" + RunFolder.CONFIG, folder.readText(RunFolder.CONFIG), all);
  }
}
