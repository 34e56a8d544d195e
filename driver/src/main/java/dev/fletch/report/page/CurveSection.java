package dev.fletch.report.page;

import dev.fletch.report.draw.HorizontalAxis;
import dev.fletch.report.draw.LineChart;
import dev.fletch.report.draw.LineChart.Axis;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.draw.Series;
import dev.fletch.report.draw.Series.Point;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.SearchReport;
import dev.fletch.search.Collapse;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/** How the search went, epoch by epoch. */
final class CurveSection {
  private static final double HEIGHT = 236;

  private CurveSection() {}

  static Markup of(SearchReport search) {
    if (search.epochs().isEmpty()) {
      return Section.of(
          "search",
          "The search",
          "",
          List.of(Markup.of("<p class='lead'>No epoch has been recorded.</p>")));
    }
    return Section.of(
        "search",
        "The search, %1$s by %1$s".formatted(search.round().noun()),
        lead(search),
        List.of(
            Markup.of(
                "<div class='charts'>{}{}{}{}{}{}</div>",
                figure(search),
                loss(search),
                gap(search),
                eigenvalue(search),
                skips(search),
                entropy(search))));
  }

  private static String lead(SearchReport search) {
    String order =
        search.round() == Round.GENERATION
            ? ""
            : search.order() == 2 ? ", second order (unrolled)" : ", first order";
    return "Method "
        + search.method()
        + order
        + "; "
        + Figures.counted(search.epochs().size(), search.round().noun())
        + " in "
        + Figures.duration(search.seconds())
        + "; ended: "
        + search.stopReason()
        + ".";
  }

  private static Markup figure(SearchReport search) {
    return new LineChart(
            search.metric().title() + owner(search),
            HEIGHT,
            FigureAxis.of(
                search.metric(),
                List.of(
                    series(search, "train", "c1", EpochRecord::trainFigure),
                    series(search, "validation", "c2", EpochRecord::validationFigure))),
            EpochColumns.measured(search, EpochRecord::temperature)
                ? new Axis(
                    "temperature",
                    Figures::brief,
                    true,
                    List.of(
                        series(
                            search, "temperature (right)", "c0 dashed", EpochRecord::temperature)))
                : Axis.ABSENT,
            search.bestEpoch(),
            over(search))
        .figure();
  }

  private static Markup loss(SearchReport search) {
    return plain(
        "Loss" + owner(search),
        false,
        over(search),
        List.of(
            series(search, "train", "c1", EpochRecord::trainLoss),
            series(search, "validation", "c2", EpochRecord::validationLoss)));
  }

  private static HorizontalAxis.Kind over(SearchReport search) {
    return search.round() == Round.EPOCH
        ? HorizontalAxis.Kind.EPOCHS
        : HorizontalAxis.Kind.GENERATIONS;
  }

  private static String owner(SearchReport search) {
    return search.round() == Round.EPOCH ? " of the supernet" : " of the best genome";
  }

  /** The gap is the distance of the lines. */
  private static Markup gap(SearchReport search) {
    if (!EpochColumns.measured(search, e -> e.watch().discretisedFigure())) {
      return Markup.NONE;
    }
    return new LineChart(
            "Validation " + search.metric().name() + ", supernet and discretised",
            HEIGHT,
            FigureAxis.of(
                search.metric(),
                List.of(
                    series(search, "supernet", "c2", EpochRecord::validationFigure),
                    series(search, "discretised", "c5", e -> e.watch().discretisedFigure()))),
            Axis.ABSENT,
            search.bestEpoch())
        .figure();
  }

  private static Markup eigenvalue(SearchReport search) {
    return EpochColumns.measured(search, e -> e.watch().alphaEigenvalue())
        ? plain(
            "Dominant eigenvalue of the Hessian in alpha",
            true,
            List.of(series(search, "validation loss", "c6", e -> e.watch().alphaEigenvalue())))
        : Markup.NONE;
  }

  private static Markup skips(SearchReport search) {
    if (search.round() == Round.GENERATION) {
      return Markup.NONE;
    }
    int half = Collapse.genes(search.epochs().get(0).genotype()) / 2;
    List<Series> lines = new ArrayList<>();
    if (search.isRecurrent()) {
      lines.add(series(search, "identity", "c3", e -> e.skipConnections().normal()));
      lines.add(series(search, "half of the nodes", "c0 dashed", e -> half));
      return plain("Identity functions of the cell", true, lines);
    }
    if (search.hasNormalCells()) {
      lines.add(series(search, "normal cell", "c3", e -> e.skipConnections().normal()));
    }
    lines.add(series(search, "reduction cell", "c4", e -> e.skipConnections().reduction()));
    lines.add(series(search, "half of the edges", "c0 dashed", e -> half));
    return plain("Skip connections per cell", true, lines);
  }

  private static Markup entropy(SearchReport search) {
    if (!EpochColumns.measured(search, EpochRecord::alphaEntropy)) {
      return Markup.NONE;
    }
    Series entropy = series(search, "mean over edges", "c1", EpochRecord::alphaEntropy);
    if (search.mixing().isEmpty()) {
      return plain("Entropy of alpha (nats)", true, List.of(entropy));
    }
    double uniform = Math.log(search.mixing().get(0).operations().size());
    return plain(
        "Entropy of alpha (nats)",
        true,
        List.of(entropy, series(search, "undecided", "c0 dashed", e -> uniform)));
  }

  private static Markup plain(String title, boolean fromZero, List<Series> lines) {
    return plain(title, fromZero, HorizontalAxis.Kind.EPOCHS, lines);
  }

  private static Markup plain(
      String title, boolean fromZero, HorizontalAxis.Kind over, List<Series> lines) {
    return new LineChart(
            title,
            HEIGHT,
            new Axis("", Figures::brief, fromZero, lines),
            Axis.ABSENT,
            OptionalInt.empty(),
            over)
        .figure();
  }

  private static Series series(
      SearchReport search, String name, String style, ToDoubleFunction<EpochRecord> value) {
    return new Series(
        name,
        style,
        search.epochs().stream().map(e -> new Point(e.epoch(), value.applyAsDouble(e))).toList());
  }
}
