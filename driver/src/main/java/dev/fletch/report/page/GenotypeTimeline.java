package dev.fletch.report.page;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Gene;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.draw.Scale;
import dev.fletch.report.draw.StateName;
import dev.fletch.report.model.Figures;
import dev.fletch.search.EpochRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** In which epochs the genotype changed, cell by cell, and what changed. */
final class GenotypeTimeline {
  private static final double WIDTH = 1000;
  private static final double LEFT = 84;
  private static final double ROW = 30;

  private GenotypeTimeline() {}

  static Markup of(List<EpochRecord> epochs) {
    boolean areCells = epochs.stream().allMatch(e -> e.genotype() instanceof CellPair);
    if (epochs.size() < 2 || !areCells) {
      return Markup.NONE;
    }
    List<Markup> changes = new ArrayList<>();
    int changed = 0;
    int settled = epochs.get(0).epoch();
    for (int i = 1; i < epochs.size(); i++) {
      if (!epochs.get(i).genotype().equals(epochs.get(i - 1).genotype())) {
        changed++;
        settled = epochs.get(i).epoch();
        changes.add(change(epochs.get(i - 1), epochs.get(i)));
      }
    }
    String lead =
        changed == 0
            ? "The genotype never changed."
            : "The genotype changed in %d of %d epochs and has been the same since epoch %d. "
                    .formatted(changed, epochs.size() - 1, settled)
                + "Each block is a stretch of epochs with the same cell.";
    return Section.of(
        "genotypes", "When the genotype changed", lead, List.of(strip(epochs), details(changes)));
  }

  private static Markup details(List<Markup> changes) {
    if (changes.isEmpty()) {
      return Markup.NONE;
    }
    return Markup.of(
        "<details><summary>Every change</summary><ul class='changes'>{}</ul></details>", changes);
  }

  private static Markup strip(List<EpochRecord> epochs) {
    int first = epochs.get(0).epoch();
    int last = epochs.get(epochs.size() - 1).epoch();
    Scale x = Scale.epochs(first, last + 1, LEFT, WIDTH - 8);
    List<Markup> parts = new ArrayList<>();
    for (double tick : x.ticks()) {
      if (tick <= last) {
        parts.add(
            Markup.of(
                "<text class='tick' x='{}' y='{}' text-anchor='middle'>{}</text>",
                x.at(tick + 0.5),
                2 * ROW + 16,
                Figures.brief(tick)));
      }
    }
    parts.add(row("normal", "c3", 0, epochs, x, e -> cells(e).normal()));
    parts.add(row("reduction", "c4", ROW, epochs, x, e -> cells(e).reduction()));
    return Markup.of(
        "<div class='scroll'><svg class='strip' viewBox='0 0 {} {}' role='img'"
            + " aria-label='epochs in which the genotype changed'>{}</svg></div>",
        WIDTH,
        2 * ROW + 22,
        parts);
  }

  private static CellPair cells(EpochRecord epoch) {
    return CellPair.of(epoch.genotype());
  }

  private static Markup row(
      String name,
      String style,
      double y,
      List<EpochRecord> epochs,
      Scale x,
      Function<EpochRecord, CellGenotype> cell) {
    List<Markup> parts = new ArrayList<>();
    parts.add(
        Markup.of(
            "<text class='edge-name' x='{}' y='{}' text-anchor='end'>{}</text>",
            LEFT - 10,
            y + 18,
            name));
    int start = 0;
    for (int i = 1; i <= epochs.size(); i++) {
      if (i == epochs.size() || !cell.apply(epochs.get(i)).equals(cell.apply(epochs.get(start)))) {
        parts.add(block(epochs.get(start), epochs.get(i - 1), y, x, cell));
        start = i;
      }
    }
    return Markup.of("<g class='blocks {}'>{}</g>", style, parts);
  }

  private static Markup block(
      EpochRecord from,
      EpochRecord to,
      double y,
      Scale x,
      Function<EpochRecord, CellGenotype> cell) {
    double left = x.at(from.epoch());
    return Markup.of(
        "<rect x='{}' y='{}' width='{}' height='{}' rx='3'><title>{}</title></rect>",
        left + 1,
        y + 3,
        Math.max(1, x.at(to.epoch() + 1) - left - 2),
        ROW - 6,
        "epochs " + from.epoch() + " to " + to.epoch() + "\n" + cell.apply(from).text());
  }

  private static Markup change(EpochRecord before, EpochRecord after) {
    List<String> words = new ArrayList<>();
    compare("normal", cells(before).normal(), cells(after).normal(), words);
    compare("reduction", cells(before).reduction(), cells(after).reduction(), words);
    return Markup.of("<li><b>epoch {}</b> {}</li>", after.epoch(), String.join("; ", words));
  }

  private static void compare(
      String name, CellGenotype before, CellGenotype after, List<String> words) {
    int nodes = Math.min(before.nodes().size(), after.nodes().size());
    for (int node = 0; node < nodes; node++) {
      List<Gene> gone = without(before.nodes().get(node), after.nodes().get(node));
      List<Gene> come = without(after.nodes().get(node), before.nodes().get(node));
      if (!gone.isEmpty() || !come.isEmpty()) {
        words.add(name + " node " + node + ": " + named(gone) + " → " + named(come));
      } else if (!before.nodes().get(node).equals(after.nodes().get(node))) {
        words.add(name + " node " + node + ": same edges, other order of strength");
      }
    }
  }

  private static List<Gene> without(List<Gene> genes, List<Gene> others) {
    return genes.stream().filter(g -> !others.contains(g)).toList();
  }

  private static String named(List<Gene> genes) {
    return genes.isEmpty()
        ? "nothing"
        : genes.stream()
            .map(g -> g.operation().text() + " from " + StateName.of(g.input()))
            .collect(Collectors.joining(" + "));
  }
}
