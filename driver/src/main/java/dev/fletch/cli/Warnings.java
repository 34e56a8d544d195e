package dev.fletch.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What a command says before it starts about what is allowed, but hardly meant. */
final class Warnings {
  private Warnings() {}

  static void print(CommandSpec command, List<String> warnings) {
    warnings.forEach(w -> command.commandLine().getErr().println("fletch: warning: " + w));
  }
}
