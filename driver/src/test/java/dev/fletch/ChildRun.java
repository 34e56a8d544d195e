package dev.fletch;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The program in a process of its own, which can be killed. */
final class ChildRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final Path log;

  private ChildRun(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a command with this JVM's options and class path; all it says goes to a file. */
  static ChildRun start(Path folder, Object... arguments) throws IOException {
    return startMain(folder, Fletch.class, arguments);
  }

  /** The same for another program of the tests' class path. */
  static ChildRun startMain(Path folder, Class<?> main, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.matches("(-X|--add-|-Djdk\\.).*"))
        .forEach(command::add);
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    command.add("-Djava.io.tmpdir=" + temporary);
    TinyRun.SPARK.forEach((key, value) -> command.add("-D" + key + "=" + value));
    String surefire = System.getProperty("surefire.test.class.path");
    command.add("-cp");
    command.add(surefire == null ? System.getProperty("java.class.path") : surefire);
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Path log = Files.createTempFile(folder, "child", ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    return new ChildRun(process, log);
  }

  /** Waits until {@code happened}; the process must not end before. */
  void await(String what, BooleanSupplier happened) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError(
            (process.isAlive() ? "not in time: " : "ended before: ") + what + "\n" + said());
      }
      Thread.sleep(10);
    }
  }

  long pid() {
    return process.pid();
  }

  /** SIGSTOP: it is there, and does nothing more until it is killed. */
  void suspend() throws IOException, InterruptedException {
    int exitCode = new ProcessBuilder("kill", "-STOP", Long.toString(pid())).start().waitFor();
    if (exitCode != 0) {
      throw new AssertionError("kill -STOP " + pid() + " ended with " + exitCode);
    }
  }

  /** SIGKILL: the process can do nothing about it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * SIGTERM.
   *
   * @return the exit code
   */
  int terminate(Duration atMost) throws IOException, InterruptedException {
    process.destroy();
    return exitCode(atMost);
  }

  int exitCode() throws IOException, InterruptedException {
    return exitCode(PATIENCE);
  }

  private int exitCode(Duration atMost) throws IOException, InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + atMost + "\n" + said());
    }
    return process.exitValue();
  }

  /** Everything it has printed so far. */
  String said() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
