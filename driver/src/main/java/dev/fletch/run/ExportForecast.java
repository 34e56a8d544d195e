package dev.fletch.run;

import dev.fletch.architecture.Operation;
import dev.fletch.config.RunConfig;
import dev.fletch.network.dl4j.Dl4jForm;
import dev.fletch.retrain.CandidateLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code export} will refuse of a run, said before anything is trained. */
public final class ExportForecast {
  private ExportForecast() {}

  /** One line for each reason; none if every candidate can be exported. */
  public static List<String> refusals(RunConfig config) {
    List<String> refusals = new ArrayList<>();
    for (String candidate : config.retrain().candidates()) {
      if (CandidateLabel.parse(candidate) instanceof CandidateLabel.Given given) {
        Dl4jForm.refusal(given.genotype())
            .ifPresent(reason -> refusals.add(given.name() + ": " + reason));
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
}
