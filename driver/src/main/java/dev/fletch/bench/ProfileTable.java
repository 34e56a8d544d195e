package dev.fletch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fletch.engine.MachineRates;
import dev.fletch.engine.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A profile per step, for people and for programs. */
final class ProfileTable {
  private final Profile profile;
  private final int steps;
  private final MachineRates rates;

  /**
   * @param steps how many the profile covers
   * @param rates what this machine can do at best
   */
  ProfileTable(Profile profile, int steps, MachineRates rates) {
    this.profile = profile;
    this.steps = steps;
    this.rates = rates;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-32s %-8s %9s %6s %7s %9s %9s %8s %9s %6s",
            "per step",
            "pass",
            "ms",
            "share",
            "calls",
            "MB",
            "GB/s",
            "GFLOP/s",
            "least ms",
            "times"));
    double total = profile.lines().stream().mapToDouble(Profile.Line::seconds).sum();
    for (Profile.Line line : profile.lines()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-32s %-8s %9.2f %5.1f%% %7d %9.1f %9.1f %8.1f %9.2f %6.1f",
              line.kind(),
              pass(line),
              1e3 * line.seconds() / steps,
              100 * line.seconds() / total,
              line.calls() / steps,
              line.bytes() / 1e6 / steps,
              line.bytes() / 1e9 / line.seconds(),
              line.gigaflops(),
              1e3 * line.leastSeconds(rates) / steps,
              times(line)));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "all steps %.2f ms, at least %.2f; a product of two 1024x1024 matrices reaches %.1f GFLOP/s"
                + " here, copies %.1f GB/s in memory and %.1f in the caches",
            1e3 * total / steps,
            1e3 * profile.lines().stream().mapToDouble(l -> l.leastSeconds(rates)).sum() / steps,
            rates.gigaflops(),
            rates.coldGigabytes(),
            rates.cachedGigabytes()));
    return lines;
  }

  ArrayNode json() {
    ArrayNode rows = new ObjectMapper().createArrayNode();
    for (Profile.Line line : profile.lines()) {
      rows.addObject()
          .put("kind", line.kind())
          .put("pass", pass(line))
          .put("seconds", line.seconds() / steps)
          .put("calls", line.calls() / steps)
          .put("bytes", line.bytes() / steps)
          .put("gigaflops", BenchOptions.rounded(line.gigaflops()))
          .put("leastSeconds", line.leastSeconds(rates) / steps)
          .put("timesLeast", BenchOptions.rounded(times(line)));
    }
    return rows;
  }

  /** How many times as long as the machine would need. */
  private double times(Profile.Line line) {
    double least = line.leastSeconds(rates);
    return least > 0 ? line.seconds() / least : 0;
  }

  private static String pass(Profile.Line line) {
    return line.backward() ? "backward" : "forward";
  }
}
