package dev.fletch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fletch.engine.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A profile per step, for people and for programs. */
final class ProfileTable {
  private final Profile profile;
  private final int steps;
  private final double productGigaflops;

  /**
   * @param steps how many the profile covers
   * @param productGigaflops what a large matrix product reaches on this machine
   */
  ProfileTable(Profile profile, int steps, double productGigaflops) {
    this.profile = profile;
    this.steps = steps;
    this.productGigaflops = productGigaflops;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-32s %-8s %9s %6s %7s %9s %9s %8s",
            "per step",
            "pass",
            "ms",
            "share",
            "calls",
            "MB",
            "GB/s",
            "GFLOP/s"));
    double total = profile.lines().stream().mapToDouble(Profile.Line::seconds).sum();
    for (Profile.Line line : profile.lines()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-32s %-8s %9.2f %5.1f%% %7d %9.1f %9.1f %8.1f",
              line.kind(),
              pass(line),
              1e3 * line.seconds() / steps,
              100 * line.seconds() / total,
              line.calls() / steps,
              line.bytes() / 1e6 / steps,
              line.bytes() / 1e9 / line.seconds(),
              line.gigaflops()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "all steps %.2f ms; a product of two 1024x1024 matrices reaches %.1f GFLOP/s here",
            1e3 * total / steps,
            productGigaflops));
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
          .put("gigaflops", BenchOptions.rounded(line.gigaflops()));
    }
    return rows;
  }

  private static String pass(Profile.Line line) {
    return line.backward() ? "backward" : "forward";
  }
}
