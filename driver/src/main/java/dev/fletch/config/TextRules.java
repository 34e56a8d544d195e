package dev.fletch.config;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Operation;
import dev.fletch.data.DataSettings;
import dev.fletch.data.ImageFormat;
import dev.fletch.data.TextFormat;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Stem;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.search.PopulationSettings;
import dev.fletch.search.SearchSection;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.SupernetSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What networks for texts have and those for images have not, the other way round, and channels.
 */
final class TextRules {
  private TextRules() {}

  /**
   * Adds what is wrong; all are sections that were not refused themselves.
   *
   * @param searching null if it was
   */
  static void check(
      Checks checks,
      DataSettings data,
      SupernetSettings supernet,
      SearchSection searching,
      List<String> candidates,
      CandidateSettings retrain) {
    if (data.format() instanceof TextFormat format) {
      checkTexts(checks, format, retrain);
    } else if (data.format() instanceof ImageFormat) {
      checkImages(checks, data, "supernet", supernet.embedding());
      if (searching instanceof PopulationSettings population) {
        EmbeddingSettings embedding = population.fitness().network().embedding();
        checkImages(checks, data, "search.fitness", embedding);
      }
      checkImages(checks, data, "retrain", retrain.embedding());
    }
    checkChannels(checks, supernet, candidates, retrain.initChannels());
  }

  private static void checkTexts(Checks checks, TextFormat format, CandidateSettings retrain) {
    double auxiliary = retrain.auxiliaryWeight();
    checks
        .require(
            "retrain.auxiliary-weight",
            auxiliary == 0,
            "must be 0: networks for texts have no auxiliary head, and %s has texts, got %s"
                .formatted(format.text(), auxiliary),
            "data.format")
        .require(
            "retrain.stem",
            retrain.stem() == Stem.CIFAR,
            "must be cifar: the other one is for large images, and %s has texts"
                .formatted(format.text()),
            "data.format");
  }

  private static void checkImages(
      Checks checks, DataSettings data, String section, EmbeddingSettings embedding) {
    for (String key : embedding.changes()) {
      checks.require(
          section + "." + key,
          false,
          "must be left out: it is for texts, and %s has images".formatted(data.format().text()),
          "data.format");
    }
  }

  /** What a search may find must fit the networks that are trained from scratch. */
  private static void checkChannels(
      Checks checks, SupernetSettings supernet, List<String> candidates, int channels) {
    String refusals =
        operations(supernet, candidates).stream()
            .map(o -> OperationBlock.refusal(o, channels))
            .flatMap(Optional::stream)
            .distinct()
            .collect(Collectors.joining("; "));
    checks.require(
        "retrain.init-channels",
        refusals.isEmpty(),
        "must fit the operations of candidates: " + refusals,
        "retrain.candidates",
        "space.operations");
  }

  private static Set<Operation> operations(SupernetSettings supernet, List<String> candidates) {
    Set<Operation> operations = new LinkedHashSet<>();
    for (String candidate : candidates) {
      operations.addAll(
          CandidateLabel.parse(candidate) instanceof CandidateLabel.Given given
              ? operations(given.genotype())
              : new LinkedHashSet<>(supernet.operations()));
    }
    return operations;
  }

  private static Set<Operation> operations(Architecture architecture) {
    return architecture instanceof CellPair pair
        ? pair.cells().stream()
            .flatMap(cell -> cell.nodes().stream())
            .flatMap(genes -> genes.stream().map(Gene::operation))
            .collect(Collectors.toCollection(LinkedHashSet::new))
        : Set.of();
  }
}
