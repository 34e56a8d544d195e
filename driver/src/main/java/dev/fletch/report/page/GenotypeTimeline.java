package dev.fletch.report.page;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genotype;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.draw.Scale;
import dev.fletch.report.model.Figures;
import dev.fletch.search.EpochRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** In which epochs the genotype changed, part by part, and what changed. */
final class GenotypeTimeline {
  private static final double WIDTH = 1000;
  private static final double LEFT = 84;
  private static final double ROW = 30;

  private GenotypeTimeline() {}

  /**
   * A part of the genotypes that changes by itself.
   *
   * @param text of the part
   */
  private record Part(String name, String style, Function<EpochRecord, String> text) {}

  private static List<Part> parts(EpochRecord epoch) {
    if (epoch.genotype() instanceof RecurrentCell cell) {
      return IntStream.range(0, cell.nodes().size()).mapToObj(GenotypeTimeline::state).toList();
    }
    return epoch.genotype() instanceof CellPair
        ? List.of(
            new Part("normal", "c3", e -> CellPair.of(e.genotype()).normal().text()),
            new Part("reduction", "c4", e -> CellPair.of(e.genotype()).reduction().text()))
        : List.of(new Part("genome", "c3", e -> e.genotype().text()));
  }

  /** A node of recurrent cells. */
  private static Part state(int node) {
    return new Part(
        "state " + (node + 1),
        node % 2 == 0 ? "c3" : "c4",
        e -> RecurrentCell.of(e.genotype()).nodes().get(node).toString());
  }

  static Markup of(List<EpochRecord> epochs) {
    boolean areCells = epochs.stream().allMatch(e -> e.genotype() instanceof Genotype);
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
                + "Each block is a stretch of epochs with the same "
                + (epochs.get(0).genotype() instanceof RecurrentCell ? "function." : "cell.");
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
    List<Part> rows = parts(epochs.get(0));
    List<Markup> parts = new ArrayList<>();
    for (double tick : x.ticks()) {
      if (tick <= last) {
        parts.add(
            Markup.of(
                "<text class='tick' x='{}' y='{}' text-anchor='middle'>{}</text>",
                x.at(tick + 0.5),
                rows.size() * ROW + 16,
                Figures.brief(tick)));
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      parts.add(row(rows.get(row), row * ROW, epochs, x));
    }
    return Markup.of(
        "<div class='scroll'><svg class='strip' viewBox='0 0 {} {}' role='img'"
            + " aria-label='epochs in which the genotype changed'>{}</svg></div>",
        WIDTH,
        rows.size() * ROW + 22,
        parts);
  }

  private static Markup row(Part part, double y, List<EpochRecord> epochs, Scale x) {
    List<Markup> parts = new ArrayList<>();
    parts.add(
        Markup.of(
            "<text class='edge-name' x='{}' y='{}' text-anchor='end'>{}</text>",
            LEFT - 10,
            y + 18,
            part.name()));
    int start = 0;
    for (int i = 1; i <= epochs.size(); i++) {
      if (i == epochs.size()
          || !part.text().apply(epochs.get(i)).equals(part.text().apply(epochs.get(start)))) {
        parts.add(block(epochs.get(start), epochs.get(i - 1), y, x, part));
        start = i;
      }
    }
    return Markup.of("<g class='blocks {}'>{}</g>", part.style(), parts);
  }

  private static Markup block(EpochRecord from, EpochRecord to, double y, Scale x, Part part) {
    double left = x.at(from.epoch());
    return Markup.of(
        "<rect x='{}' y='{}' width='{}' height='{}' rx='3'><title>{}</title></rect>",
        left + 1,
        y + 3,
        Math.max(1, x.at(to.epoch() + 1) - left - 2),
        ROW - 6,
        "epochs " + from.epoch() + " to " + to.epoch() + "\n" + part.text().apply(from));
  }

  private static Markup change(EpochRecord before, EpochRecord after) {
    return Markup.of(
        "<li><b>epoch {}</b> {}</li>",
        after.epoch(),
        String.join("; ", ArchitectureChange.words(before.genotype(), after.genotype())));
  }
}
