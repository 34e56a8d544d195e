package dev.fletch.runfolder;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A process that writes to a run folder.
 *
 * @param id random: no other start has it
 * @param host its name, for people
 * @param processes names the set of processes that {@code pid} counts in: the running system and
 *     its PID namespace, which containers of one machine do not share; empty if it cannot be told
 * @param pid within {@code processes}
 * @param processStart when that process began, milliseconds since 1970: a later process may have
 *     its number
 * @param since when it began to write
 * @param command as typed
 */
record Holder(
    String id,
    String host,
    String processes,
    long pid,
    long processStart,
    Instant since,
    String command) {
  private static final FormatVersion VERSION = new FormatVersion(1);

  /** This process, under a new id. */
  static Holder here(String command) {
    ProcessHandle self = ProcessHandle.current();
    return new Holder(
        UUID.randomUUID().toString(),
        hostName(),
        processesHere(),
        self.pid(),
        startOf(self),
        Instant.ofEpochSecond(Instant.now().getEpochSecond()),
        command);
  }

  /** Whether the process is known to have ended; false where that cannot be seen from here. */
  boolean isGone() {
    if (processes.isEmpty() || !processes.equals(processesHere())) {
      return false;
    }
    Optional<ProcessHandle> found = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return found.isEmpty() || startOf(found.get()) != processStart;
  }

  /** Whether {@link #isGone} would notice its end. */
  boolean isInSight() {
    return !processes.isEmpty() && processes.equals(processesHere());
  }

  /** For example {@code process 4711 on node-3 since 2026-01-02T03:04:05Z (fletch run a.conf)}. */
  String description() {
    return "process %d on %s since %s (%s)".formatted(pid, host, since, command);
  }

  String toJson() {
    return VERSION
            .start()
            .put("id", id)
            .put("host", host)
            .put("processes", processes)
            .put("pid", pid)
            .put("processStart", processStart)
            .put("since", since.toString())
            .put("command", command)
            .toPrettyString()
        + "\n";
  }

  /**
   * @param where the file, to begin a message with
   * @throws RunFolderRefusedException if a newer Fletch wrote it
   * @throws IllegalArgumentException if {@code text} names no holder, as of a file half written
   */
  static Holder fromJson(String text, String where) {
    JsonNode json = VERSION.read(text, where);
    return new Holder(
        json.required("id").asText(),
        json.required("host").asText(),
        json.required("processes").asText(),
        json.required("pid").asLong(),
        json.required("processStart").asLong(),
        Instant.ofEpochMilli(Instant.parse(json.required("since").asText()).toEpochMilli()),
        json.required("command").asText());
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }

  private static String processesHere() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException e) {
      return "";
    }
  }
}
