package dev.fletch.search;

import dev.fletch.architecture.Genotype;
import dev.fletch.architecture.Operation;
import dev.fletch.bilevel.ComplexityPenalty;
import dev.fletch.bilevel.HessianEigenvalue;
import dev.fletch.bilevel.SearchState;
import dev.fletch.data.StepId;
import dev.fletch.method.Composition;
import dev.fletch.method.Lambda;
import dev.fletch.supernet.Relaxation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** Measures a {@link Watch}. Changes nothing in the search. */
final class EpochMeasurement {
  /** Displacement of alpha / T in the Hessian's central differences. */
  private static final double DISPLACEMENT = 0.01;

  private final SearchPlan plan;
  private final SearchStage stage;
  private final SearchState state;
  private final Composition composition;
  private final int epoch;
  private final Recalibration recalibration;

  EpochMeasurement(SearchPlan plan, SearchStage stage, SearchState state, int epoch) {
    this.plan = plan;
    this.stage = stage;
    this.state = state;
    this.composition = stage.composition();
    this.epoch = epoch;
    this.recalibration = new Recalibration(stage, state, epoch);
  }

  Watch measure(SupernetReading reading) {
    WatchSettings settings = plan.settings().watch();
    boolean learns = stage.procedure().stepsAlpha(epoch);
    return new Watch(
        settings.gap() ? discretised(reading.genotype(), reading.mixing()) : Double.NaN,
        settings.measuresEigenvalue(epoch) && learns ? eigenvalue() : Double.NaN,
        temperatureGaps(settings.temperatures()),
        lambdas(),
        learns ? ranking(reading.strength()) : "");
  }

  private double discretised(Genotype genotype, float[] mixing) {
    return metric(composition.discretised(genotype, mixing));
  }

  /** Of the supernet under {@code mixing}. */
  private double metric(float[] mixing) {
    return plan.metric().of(recalibration.score(mixing));
  }

  /**
   * In units of alpha / T, which T enters the mixing weights with: the Hessian in alpha itself
   * grows by 1 / T^2 while T falls, though nothing else changes, and would give a false alarm.
   */
  private double eigenvalue() {
    double temperature = composition.relaxations().strengthTemperature(epoch, state.alpha());
    double inAlpha =
        new HessianEigenvalue(
                plan.settings().watch().eigenvalueIterations(), DISPLACEMENT * temperature)
            .largest(
                stage.source(),
                state,
                composition.relaxations().strength(epoch),
                new StepId(epoch, 0));
    return temperature * temperature * inAlpha;
  }

  private List<Watch.TemperatureGap> temperatureGaps(List<Double> temperatures) {
    List<Watch.TemperatureGap> gaps = new ArrayList<>();
    for (double temperature : temperatures) {
      Optional<Relaxation> at = composition.relaxations().at(temperature);
      if (at.isPresent()) {
        float[] mixing = at.get().mixing(state.alpha());
        Genotype genotype =
            SupernetReading.genotype(
                composition, SupernetReading.strength(composition, at.get(), state));
        gaps.add(
            new Watch.TemperatureGap(temperature, metric(mixing), discretised(genotype, mixing)));
      }
    }
    return gaps;
  }

  private List<Watch.LambdaResult> lambdas() {
    List<Watch.LambdaResult> results = new ArrayList<>();
    double[] costs = composition.supernet().shares(plan.dimensions());
    for (Lambda lambda : composition.lambdas()) {
      Relaxation relaxation = lambda.relaxation(epoch);
      float[] mixing = relaxation.mixing(state.alpha());
      float[] strength = SupernetReading.strength(composition, relaxation, state);
      results.add(
          new Watch.LambdaResult(
              lambda.value(),
              metric(mixing),
              ComplexityPenalty.complexity(costs, strength),
              SupernetReading.genotype(composition, strength)));
    }
    return results;
  }

  /** Of the order of the operations whose order says something, edge by edge. */
  private String ranking(float[] strength) {
    List<Operation> operations = plan.supernet().operations();
    List<Operation> ranked = plan.supernet().ranked();
    List<Integer> columns =
        IntStream.range(0, operations.size())
            .filter(k -> ranked.contains(operations.get(k)))
            .boxed()
            .toList();
    CRC32 digest = new CRC32();
    for (int edge = 0; edge < strength.length / operations.size(); edge++) {
      int row = edge * operations.size();
      columns.stream()
          .sorted(Comparator.comparingDouble(k -> -strength[row + k]))
          .forEach(digest::update);
    }
    return "%08x".formatted(digest.getValue());
  }
}
