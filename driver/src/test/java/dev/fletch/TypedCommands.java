package dev.fletch;

import dev.fletch.bench.TinyNetworks;
import dev.fletch.cli.progress.Progress;
import dev.fletch.config.RunConfig;
import dev.fletch.run.Phases;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Commands as a person types them, with phases that only say that they were carried out. */
abstract class TypedCommands {
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  final RecordedPhases phases = new RecordedPhases();

  @TempDir Path folder;

  int fletch(String... arguments) {
    return Fletch.execute(
        phases,
        new TinyNetworks(),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        arguments);
  }

  Path conf(String more) throws IOException {
    Path file = folder.resolve("small.conf");
    return Files.writeString(
        file,
        """
        fletch.name = small
        fletch.output = "%s"
        fletch.data { format = idx, path = "bundled:fashion-mnist" }
        fletch {
          %s
        }
        """
            .formatted(output(), more));
  }

  String output() {
    return folder.resolve("out").toString();
  }

  /** A run folder as an earlier phase leaves it. */
  void leaveRun() throws IOException {
    Path run = Files.createDirectory(Path.of(output()));
    Files.copy(conf(""), run.resolve("config.conf"));
  }

  String lastError() {
    return Stream.of(err.toString().split("\n")).reduce("", (a, b) -> b);
  }

  static final class RecordedPhases implements Phases, Phases.Factory {
    final List<String> calls = new ArrayList<>();
    RunConfig config;
    String command;
    int failed;
    boolean reported;
    RuntimeException failure;

    @Override
    public boolean candidatesNeedSearch() {
      return true;
    }

    @Override
    public Phases open(RunConfig given, Folder folder, String typed, Progress progress) {
      config = given;
      command = typed;
      calls.add("open " + folder);
      return this;
    }

    @Override
    public void search() {
      calls.add("search");
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public Retrained retrain() {
      calls.add("retrain");
      return new Retrained(2, failed);
    }

    @Override
    public void report() {
      calls.add("report");
    }

    @Override
    public boolean hasReport() {
      return reported;
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
