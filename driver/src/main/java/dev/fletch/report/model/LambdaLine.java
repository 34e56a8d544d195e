package dev.fletch.report.model;

import dev.fletch.retrain.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What candidates of one method and epoch come to as lambda grows.
 *
 * @param method in words
 * @param epoch in words
 * @param number of the epoch; absent where it differs from search to search
 * @param searches how many the line took
 * @param points by rising lambda
 */
public record LambdaLine(
    String method, String epoch, OptionalInt number, int searches, List<At> points) {
  public LambdaLine {
    points = List.copyOf(points);
  }

  /**
   * All candidates of a line at one lambda, each training counting the same.
   *
   * @param candidates their ids
   * @param n trainings with a test figure
   * @param testFigureMean NaN if there is none, like the other means
   * @param testFigureStd sample standard deviation; NaN for fewer than two
   * @param parameters mean over the candidates where it is known
   */
  public record At(
      double lambda,
      Set<String> candidates,
      int n,
      double testFigureMean,
      double testFigureStd,
      double macroPrecision,
      double parameters) {}

  /** A hypernetwork's points; none for other searches. */
  public static List<LambdaLine> ofHypernetwork(RunReport run) {
    return lines(
        LambdaSample.of(run.run().name(), Map.of(), run).stream()
            .filter(s -> !s.penalised())
            .toList());
  }

  /**
   * Hypernetworks and methods that were searched with a penalty on alpha at all, also where its
   * weight is 0.
   */
  public static List<LambdaLine> ofSweep(List<LambdaSample> samples) {
    Set<String> penalised =
        samples.stream()
            .filter(s -> s.penalised() && (s.lambda() > 0 || isL1(s.method())))
            .map(LambdaSample::method)
            .collect(Collectors.toSet());
    return lines(
        samples.stream().filter(s -> !s.penalised() || penalised.contains(s.method())).toList());
  }

  private static List<LambdaLine> lines(List<LambdaSample> samples) {
    Map<String, List<LambdaSample>> byLine = new TreeMap<>();
    samples.stream()
        .sorted(Comparator.comparingInt(LambdaSample::order))
        .forEach(
            sample ->
                byLine
                    .computeIfAbsent(
                        "%010d %s %b %s"
                            .formatted(
                                sample.order(),
                                sample.epoch(),
                                sample.penalised(),
                                name(sample, samples)),
                        unused -> new ArrayList<>())
                    .add(sample));
    return byLine.values().stream().map(line -> line(name(line.get(0), samples), line)).toList();
  }

  private static LambdaLine line(String name, List<LambdaSample> samples) {
    Map<Double, List<LambdaSample>> byLambda = new TreeMap<>();
    samples.forEach(s -> byLambda.computeIfAbsent(s.lambda(), unused -> new ArrayList<>()).add(s));
    List<At> points = new ArrayList<>();
    byLambda.forEach((lambda, at) -> points.add(point(lambda, at)));
    long searches = samples.stream().map(LambdaSample::search).distinct().count();
    LambdaSample first = samples.get(0);
    OptionalInt number =
        first.order() == LambdaSample.CHOSEN ? OptionalInt.empty() : OptionalInt.of(first.order());
    return new LambdaLine(name, first.epoch(), number, (int) searches, points);
  }

  private static At point(double lambda, List<LambdaSample> samples) {
    List<Double> figures = samples.stream().flatMap(s -> s.figures().stream()).toList();
    return new At(
        lambda,
        samples.stream()
            .map(LambdaSample::candidate)
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        figures.size(),
        mean(figures),
        Spread.of(figures.stream().mapToDouble(a -> a).toArray()),
        mean(samples.stream().flatMap(s -> s.precisions().stream()).toList()),
        mean(
            samples.stream()
                .map(LambdaSample::parameters)
                .filter(p -> p > 0)
                .map(Long::doubleValue)
                .toList()));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
  }

  /** The method, with what else was varied of it. */
  private static String name(LambdaSample sample, List<LambdaSample> all) {
    String method =
        !sample.penalised() || isL1(sample.method()) ? sample.method() : sample.method() + " + L1";
    return sample.settings().entrySet().stream()
        .filter(
            setting ->
                all.stream()
                    .filter(other -> other.method().equals(sample.method()))
                    .anyMatch(
                        other ->
                            !setting.getValue().equals(other.settings().get(setting.getKey()))))
        .sorted(Map.Entry.comparingByKey())
        .map(setting -> ", " + shortened(setting.getKey()) + "=" + setting.getValue())
        .collect(Collectors.joining("", method, ""));
  }

  private static String shortened(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static boolean isL1(String method) {
    return method.endsWith("-l1");
  }
}
