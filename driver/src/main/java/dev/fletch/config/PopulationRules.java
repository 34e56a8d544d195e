package dev.fletch.config;

import dev.fletch.architecture.Operation;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Stem;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.search.PopulationSettings;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.OperationWeights;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What must hold between a population search, its space and the retraining of its genomes. */
final class PopulationRules {
  private PopulationRules() {}

  /**
   * @param retrain null if the section itself was refused
   */
  static void check(Checks checks, PopulationSettings population, RetrainSettings retrain) {
    List<Operation> operations = population.neat().space().operations();
    checks.require(
        "space.operations",
        operations.stream().anyMatch(OperationWeights::hasAny),
        "must name an operation with weights with method neat: structures of "
            + operations
            + " differ in nothing that can be trained");
    checkNetwork(checks, "search.fitness", operations, population.fitness().network());
    if (retrain != null) {
      if (retrain.needsSearch()) {
        checkNetwork(checks, "retrain", operations, CandidateSettings.of(retrain.network()));
      }
      checkCandidates(checks, population, retrain.candidates());
    }
  }

  private static void checkNetwork(
      Checks checks, String section, List<Operation> operations, CandidateSettings network) {
    Optional<String> refusal =
        operations.stream()
            .flatMap(o -> OperationBlock.refusal(o, network.initChannels()).stream())
            .findFirst();
    checks
        .require(
            section + ".init-channels",
            refusal.isEmpty(),
            "must fit space.operations: " + refusal.orElse(""),
            "space.operations")
        .require(
            section + ".auxiliary-weight",
            network.auxiliaryWeight() == 0,
            "must be 0 with method neat: networks of genomes have no auxiliary head, got "
                + network.auxiliaryWeight(),
            "search.method.name")
        .require(
            section + ".stem",
            network.stem() == Stem.CIFAR,
            "must be cifar with method neat: networks of genomes have no stem for large images",
            "search.method.name");
  }

  private static void checkCandidates(
      Checks checks, PopulationSettings population, List<String> candidates) {
    int generations = population.budget().generations();
    checks
        .require(
            "retrain.candidates",
            named(candidates, label -> label.epoch().orElse(0) >= generations).isEmpty(),
            "must be generations of the search, which are 0 to "
                + (generations - 1)
                + ", got "
                + named(candidates, label -> label.epoch().orElse(0) >= generations),
            "search.budget.generations")
        .require(
            "retrain.candidates",
            named(candidates, PopulationRules::isOfCells).isEmpty(),
            "must not be lambdas or random-N with method neat: they stand for cells of a supernet,"
                + " got "
                + named(candidates, PopulationRules::isOfCells),
            "search.method.name");
  }

  private static boolean isOfCells(CandidateLabel label) {
    return label instanceof CandidateLabel.Lambda
        || label instanceof CandidateLabel.Lambdas
        || label instanceof CandidateLabel.Drawn;
  }

  private static List<String> named(List<String> candidates, Predicate<CandidateLabel> which) {
    return candidates.stream()
        .filter(candidate -> which.test(CandidateLabel.parse(candidate)))
        .toList();
  }
}
