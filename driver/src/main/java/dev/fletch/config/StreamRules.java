package dev.fletch.config;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.PublishedRecurrentCells;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.bilevel.UnrolledSettings;
import dev.fletch.data.DataSettings;
import dev.fletch.data.StreamFormat;
import dev.fletch.optimizer.EpochStart;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.search.PopulationSettings;
import dev.fletch.search.SearchSection;
import dev.fletch.search.SearchSettings;
import dev.fletch.settings.Checks;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * That recurrent cells and streams of words go together, and nothing else with either; nor keys
 * that would do nothing.
 */
final class StreamRules {
  private StreamRules() {}

  /**
   * @param searching null if it was refused itself
   */
  static void check(
      Checks checks, DataSettings data, SearchSection searching, RetrainSettings retrain) {
    List<String> candidates = retrain.candidates();
    String format = data.format().text();
    String examples = SpaceReader.examples(data.format());
    if (data.format() instanceof StreamFormat) {
      checks
          .require(
              "search.method.name",
              !(searching instanceof PopulationSettings),
              "must not be neat: genomes are networks for images and texts, and %s has %s"
                  .formatted(format, examples),
              "data.format")
          .require(
              "retrain.candidates",
              given(candidates, a -> !(a instanceof RecurrentCell)).isEmpty(),
              "must be recurrent cells, since %s has %s; given ones are %s and texts as %s, got %s"
                  .formatted(
                      format,
                      examples,
                      String.join(", ", PublishedRecurrentCells.names()),
                      PublishedRecurrentCells.GATED.cell().text(),
                      given(candidates, a -> !(a instanceof RecurrentCell))),
              "data.format");
    } else {
      checks.require(
          "retrain.candidates",
          given(candidates, RecurrentCell.class::isInstance).isEmpty(),
          "must not be recurrent cells: they read streams of words, and %s has %s; got %s"
              .formatted(format, examples, given(candidates, RecurrentCell.class::isInstance)),
          "data.format");
      String why =
          "is only for networks that read streams of words, and %s has %s"
              .formatted(format, examples);
      checks.require(
          "retrain.epoch-start", remembersNothing(retrain.epochStart()), why, "data.format");
      if (searching instanceof SearchSettings search) {
        checks
            .require(
                "search.epoch-start", remembersNothing(search.epochStart()), why, "data.format")
            .require(
                "search.unrolled-embedding",
                search.unrolled().embedding() != UnrolledSettings.Embedding.KEPT,
                why,
                "data.format");
      }
    }
  }

  private static boolean remembersNothing(EpochStart start) {
    return start != EpochStart.CARRIED;
  }

  private static List<String> given(List<String> candidates, Predicate<Architecture> which) {
    return candidates.stream()
        .filter(
            candidate ->
                Optional.of(CandidateLabel.parse(candidate))
                    .filter(CandidateLabel.Given.class::isInstance)
                    .map(label -> ((CandidateLabel.Given) label).genotype())
                    .filter(which)
                    .isPresent())
        .toList();
  }
}
