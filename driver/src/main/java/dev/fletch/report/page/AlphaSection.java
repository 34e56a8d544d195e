package dev.fletch.report.page;

import dev.fletch.architecture.Genotype;
import dev.fletch.report.draw.HeatMap;
import dev.fletch.report.draw.HeatMap.Cells;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.draw.Scale;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.SearchReport;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.MixingWeights;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

  private AlphaSection() {}

  /**
   * The map of one kind of cell.
   *
   * @param name in the page's script
   * @param kind as a genotype counts them
   */
  private record Map(
      String title,
      String name,
      Cells cells,
      int kind,
      Function<MixingWeights, List<List<Double>>> weights) {}

  private static final Map RECURRENT =
      new Map("Recurrent cell", "recurrent", Cells.RECURRENT, 0, MixingWeights::normal);
  private static final Map ONLY =
      new Map("Cell", "normal", Cells.CONVOLUTIONAL, 0, MixingWeights::normal);
  private static final Map NORMAL =
      new Map("Normal cell", "normal", Cells.CONVOLUTIONAL, 0, MixingWeights::normal);
  private static final Map REDUCTION =
      new Map("Reduction cell", "reduction", Cells.CONVOLUTIONAL, 1, MixingWeights::reduction);

  static Markup of(SearchReport search) {
    List<MixingWeights> alphas =
        search.mixing().stream().filter(a -> !a.normal().isEmpty()).toList();
    if (alphas.isEmpty()) {
      return Markup.NONE;
    }
    MixingWeights last = alphas.get(alphas.size() - 1);
    double highest = range(alphas).getMax();
    List<Map> maps = maps(search, last);
    return Section.of(
        "alpha",
        "Which operation each edge prefers",
        "Mixing weights after an epoch: a row per edge, a column per operation. "
            + "Outlined weights are those the genotype keeps.",
        List.of(
            slider(search, maps, alphas, highest),
            Markup.of(
                "<div class='charts'>{}{}</div>",
                search.hasNormalCells() ? Markup.NONE : Section.NO_NORMAL_CELLS,
                maps.stream().map(map -> map(map, search, last, highest)).toList()),
            ramp(highest),
            alphas.size() > 1 ? multiples(maps, spread(alphas, SMALL)) : Markup.NONE));
  }

  /** Of the cells that were searched. */
  private static List<Map> maps(SearchReport search, MixingWeights last) {
    if (search.isRecurrent()) {
      return List.of(RECURRENT);
    }
    boolean isOfOneKind =
        genotype(search, last.epoch()).map(g -> g.topology().kinds() == 1).orElse(false);
    if (isOfOneKind) {
      return List.of(ONLY);
    }
    return search.hasNormalCells() ? List.of(NORMAL, REDUCTION) : List.of(REDUCTION);
  }

  private static DoubleSummaryStatistics range(List<MixingWeights> alphas) {
    return alphas.stream()
        .flatMap(a -> Stream.of(a.normal(), a.reduction()))
        .flatMap(List::stream)
        .flatMap(List::stream)
        .mapToDouble(Double::doubleValue)
        .summaryStatistics();
  }

  private static Markup map(Map map, SearchReport search, MixingWeights alpha, double highest) {
    return Markup.of(
        "<figure class='chart'><figcaption><b>{}</b><span class='keys' data-caption='1'>{}</span>"
            + "</figcaption>{}</figure>",
        map.title(),
        caption(alpha),
        HeatMap.labelled(
            map.name(),
            map.cells(),
            alpha.operations(),
            map.weights().apply(alpha),
            kept(map, search, alpha),
            highest));
  }

  private static Set<Integer> kept(Map map, SearchReport search, MixingWeights alpha) {
    return genotype(search, alpha.epoch())
        .map(genotype -> HeatMap.kept(genotype, map.kind(), alpha.operations()))
        .orElse(Set.of());
  }

  private static String caption(MixingWeights alpha) {
    return "epoch " + alpha.epoch() + ", T = " + Figures.brief(alpha.temperature());
  }

  private static Markup ramp(double highest) {
    return Markup.of(
        "<p class='ramp'><span>0</span><i></i><span>{}</span></p>", Figures.decimals(highest));
  }

  private static Markup multiples(List<Map> maps, List<MixingWeights> alphas) {
    List<Markup> columns = new ArrayList<>();
    for (MixingWeights alpha : alphas) {
      DoubleSummaryStatistics range = range(List.of(alpha));
      // Weights that are all the same show no preference, so they stay pale.
      double high = Math.max(range.getMax(), range.getMin() + ALL_THE_SAME);
      Scale scale = new Scale(range.getMin(), high, 1, 0, 1);
      columns.add(
          Markup.of(
              "<figure>{}<figcaption>epoch {}<br/>T = {}<br/>{} – {}</figcaption></figure>",
              maps.stream()
                  .map(map -> HeatMap.small(map.cells(), map.weights().apply(alpha), scale))
                  .toList(),
              alpha.epoch(),
              Figures.brief(alpha.temperature()),
              Figures.decimals(range.getMin()),
              Figures.decimals(range.getMax())));
    }
    return Markup.of(
        "<h3>Over the epochs</h3><p class='lead'>The same maps in small{}, coloured from the "
            + "epoch's weakest to its strongest weight.</p><div class='multiples'>{}</div>",
        maps.size() > 1 ? ": normal cell above, reduction cell below" : "",
        columns);
  }

  private static Markup slider(
      SearchReport search, List<Map> maps, List<MixingWeights> alphas, double highest) {
    if (alphas.size() < 2) {
      return Markup.NONE;
    }
    List<MixingWeights> shown = spread(alphas, SLIDER_LIMIT);
    String epochs =
        shown.stream().map(a -> json(search, maps, a)).collect(Collectors.joining(",", "[", "]"));
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
  private static String json(SearchReport search, List<Map> maps, MixingWeights alpha) {
    return "{\"epoch\":%d,\"t\":\"%s\",%s,\"kept\":{%s}}"
        .formatted(
            alpha.epoch(),
            Figures.brief(alpha.temperature()),
            fields(maps, map -> flat(map.weights().apply(alpha))),
            fields(maps, map -> numbers(kept(map, search, alpha))));
  }

  private static String fields(List<Map> maps, Function<Map, String> value) {
    return maps.stream()
        .map(map -> "\"" + map.name() + "\":" + value.apply(map))
        .collect(Collectors.joining(","));
  }

  private static String numbers(Set<Integer> places) {
    return places.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  private static String flat(List<List<Double>> rows) {
    return rows.stream()
        .flatMap(List::stream)
        .map(w -> String.format(Locale.ROOT, "%.3f", w))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Optional<Genotype> genotype(SearchReport search, int epoch) {
    return search
        .epoch(epoch)
        .map(EpochRecord::genotype)
        .filter(Genotype.class::isInstance)
        .map(Genotype.class::cast);
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
