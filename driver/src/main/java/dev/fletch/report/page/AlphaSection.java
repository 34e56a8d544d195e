package dev.fletch.report.page;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.report.draw.HeatMap;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.draw.Scale;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.SearchReport;
import dev.fletch.search.MixingWeights;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mixing weights: the last epoch in full, some epochs in small, and with JavaScript a slider
 * over the epochs, whose weights travel in the page as JSON.
 */
final class AlphaSection {
  private static final int SMALL = 8;
  private static final int SLIDER_LIMIT = 100;
  private static final double ALL_THE_SAME = 1e-4;
  private static final CellGenotype NOTHING_KEPT = new CellGenotype(List.of(List.of()));

  private AlphaSection() {}

  static Markup of(SearchReport search) {
    List<MixingWeights> alphas =
        search.mixing().stream().filter(a -> !a.normal().isEmpty()).toList();
    if (alphas.isEmpty()) {
      return Markup.NONE;
    }
    MixingWeights last = alphas.get(alphas.size() - 1);
    double highest = range(alphas).getMax();
    boolean isOfOneKind = genotype(search, last.epoch()).map(CellPair::isOfOneKind).orElse(false);
    return Section.of(
        "alpha",
        "Which operation each edge prefers",
        "Mixing weights after an epoch: a row per edge, a column per operation. "
            + "Outlined weights are those the genotype keeps.",
        List.of(
            slider(search, alphas, highest),
            Markup.of(
                "<div class='charts'>{}{}</div>",
                search.hasNormalCells()
                    ? map(isOfOneKind ? "Cell" : "Normal cell", "normal", search, last, highest)
                    : Section.NO_NORMAL_CELLS,
                isOfOneKind
                    ? Markup.NONE
                    : map("Reduction cell", "reduction", search, last, highest)),
            ramp(highest),
            alphas.size() > 1
                ? multiples(spread(alphas, SMALL), search.hasNormalCells(), !isOfOneKind)
                : Markup.NONE));
  }

  private static DoubleSummaryStatistics range(List<MixingWeights> alphas) {
    return alphas.stream()
        .flatMap(a -> Stream.of(a.normal(), a.reduction()))
        .flatMap(List::stream)
        .flatMap(List::stream)
        .mapToDouble(Double::doubleValue)
        .summaryStatistics();
  }

  private static Markup map(
      String title, String cell, SearchReport search, MixingWeights alpha, double highest) {
    boolean normal = cell.equals("normal");
    CellGenotype kept =
        genotype(search, alpha.epoch())
            .map(g -> normal ? g.normal() : g.reduction())
            .orElse(NOTHING_KEPT);
    return Markup.of(
        "<figure class='chart'><figcaption><b>{}</b><span class='keys' data-caption='1'>{}</span>"
            + "</figcaption>{}</figure>",
        title,
        caption(alpha),
        HeatMap.labelled(
            cell, alpha.operations(), normal ? alpha.normal() : alpha.reduction(), kept, highest));
  }

  private static String caption(MixingWeights alpha) {
    return "epoch " + alpha.epoch() + ", T = " + Figures.brief(alpha.temperature());
  }

  private static Markup ramp(double highest) {
    return Markup.of(
        "<p class='ramp'><span>0</span><i></i><span>{}</span></p>", Figures.decimals(highest));
  }

  private static Markup multiples(
      List<MixingWeights> alphas, boolean hasNormalCells, boolean hasReductionCells) {
    List<Markup> columns = new ArrayList<>();
    for (MixingWeights alpha : alphas) {
      DoubleSummaryStatistics range = range(List.of(alpha));
      // Weights that are all the same show no preference, so they stay pale.
      double high = Math.max(range.getMax(), range.getMin() + ALL_THE_SAME);
      Scale scale = new Scale(range.getMin(), high, 1, 0, 1);
      columns.add(
          Markup.of(
              "<figure>{}{}<figcaption>epoch {}<br/>T = {}<br/>{} – {}</figcaption></figure>",
              hasNormalCells ? HeatMap.small(alpha.normal(), scale) : Markup.NONE,
              hasReductionCells ? HeatMap.small(alpha.reduction(), scale) : Markup.NONE,
              alpha.epoch(),
              Figures.brief(alpha.temperature()),
              Figures.decimals(range.getMin()),
              Figures.decimals(range.getMax())));
    }
    return Markup.of(
        "<h3>Over the epochs</h3><p class='lead'>The same maps in small{}, coloured from the "
            + "epoch's weakest to its strongest weight.</p><div class='multiples'>{}</div>",
        hasNormalCells && hasReductionCells ? ": normal cell above, reduction cell below" : "",
        columns);
  }

  private static Markup slider(SearchReport search, List<MixingWeights> alphas, double highest) {
    if (alphas.size() < 2) {
      return Markup.NONE;
    }
    List<MixingWeights> shown = spread(alphas, SLIDER_LIMIT);
    String epochs =
        shown.stream().map(a -> json(search, a)).collect(Collectors.joining(",", "[", "]"));
    return Markup.of(
        "<p class='slider' id='alpha-slider' hidden='hidden'><label>Epoch <input type='range'"
            + " min='0' max='{}' value='{}'/></label><output></output></p><script"
            + " type='application/json' id='alpha-data'>{\"highest\":{},\"full\":{},\"epochs\":{}}"
            + "</script>",
        shown.size() - 1,
        shown.size() - 1,
        new Markup(Double.toString(highest)),
        HeatMap.FULL,
        new Markup(epochs));
  }

  /** Numbers only, so nothing in it can end the script element. */
  private static String json(SearchReport search, MixingWeights alpha) {
    Optional<CellPair> genotype = genotype(search, alpha.epoch());
    return ("{\"epoch\":%d,\"t\":\"%s\",\"normal\":%s,\"reduction\":%s,"
            + "\"kept\":{\"normal\":%s,\"reduction\":%s}}")
        .formatted(
            alpha.epoch(),
            Figures.brief(alpha.temperature()),
            flat(alpha.normal()),
            flat(alpha.reduction()),
            kept(genotype.map(CellPair::normal), alpha),
            kept(genotype.map(CellPair::reduction), alpha));
  }

  private static String kept(Optional<CellGenotype> cell, MixingWeights alpha) {
    return HeatMap.kept(cell.orElse(NOTHING_KEPT), alpha.operations()).stream()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String flat(List<List<Double>> rows) {
    return rows.stream()
        .flatMap(List::stream)
        .map(w -> String.format(Locale.ROOT, "%.3f", w))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Optional<CellPair> genotype(SearchReport search, int epoch) {
    return search.epoch(epoch).map(e -> CellPair.of(e.genotype()));
  }

  /** At most {@code limit} elements, evenly spaced, with the first and the last. */
  private static <T> List<T> spread(List<T> all, int limit) {
    if (all.size() <= limit) {
      return all;
    }
    List<T> some = new ArrayList<>();
    for (int i = 0; i < limit; i++) {
      some.add(all.get((int) Math.round(i * (all.size() - 1.0) / (limit - 1))));
    }
    return some;
  }
}
