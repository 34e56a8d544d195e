package dev.fletch.run;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.Operation;
import dev.fletch.config.RunConfig;
import dev.fletch.network.dl4j.Dl4jForm;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.retrain.HeldCandidates;
import dev.fletch.retrain.TakenCandidates;
import dev.fletch.supernet.RecurrentSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** What {@code export} will refuse of a run, said before anything is trained. */
public final class ExportForecast {
  private ExportForecast() {}

  /**
   * One line for each reason; none if every candidate can be exported.
   *
   * @param later run folders that there will be before this run begins: what they will have is not
   *     known
   */
  public static List<String> refusals(RunConfig config, Configuration hadoop, Set<String> later) {
    List<String> refusals = new ArrayList<>();
    if (config.supernet() instanceof RecurrentSpace space) {
      add("all candidates", space.random(config.seed(), 0), refusals);
      return refusals;
    }
    TakenCandidates taken =
        new TakenCandidates(HeldCandidates.at(config.output(), hadoop, unused -> {}), hadoop);
    for (String candidate : config.retrain().candidates()) {
      CandidateLabel label = CandidateLabel.parse(candidate);
      if (label instanceof CandidateLabel.Given given) {
        add(given.name(), given.genotype(), refusals);
      } else if (label instanceof CandidateLabel.Elsewhere elsewhere
          && !later.contains(elsewhere.place())) {
        Candidate found = taken.read(elsewhere);
        add(found.id(), found.genotype(), refusals);
      }
    }
    if (!config.retrain().needsSearch()) {
      return refusals;
    }
    List<Operation> operations =
        config
            .population()
            .map(population -> population.neat().space().operations())
            .orElseGet(() -> config.supernet().operations());
    String searched =
        operations.stream()
            .filter(operation -> Dl4jForm.refusal(operation).isPresent())
            .map(Operation::text)
            .collect(Collectors.joining(", "));
    if (!searched.isEmpty()) {
      refusals.add(
          "of space.operations, %s cannot be written in DL4J's layers: candidates with them are trained, but not exported"
              .formatted(searched));
    }
    return refusals;
  }

  private static void add(String candidate, Architecture genotype, List<String> refusals) {
    Dl4jForm.refusal(genotype).ifPresent(reason -> refusals.add(candidate + ": " + reason));
  }
}
