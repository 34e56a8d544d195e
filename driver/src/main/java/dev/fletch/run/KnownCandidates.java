package dev.fletch.run;

import dev.fletch.architecture.Architecture;
import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.Networks;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.retrain.HeldCandidates;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.retrain.TakenCandidates;
import dev.fletch.task.Task;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * The candidates of a run whose structures there are before it begins.
 *
 * @param structures by what {@code retrain.candidates} has for them
 * @param others what it has for those that other runs will have found by then
 */
record KnownCandidates(Map<String, Architecture> structures, List<String> others) {
  /** What one training of a structure takes; laid out, without taking it. */
  record Size(String candidate, long weights, long bytes) {}

  /**
   * @param later run folders that there will be before this run begins
   * @param refusals keeps what is wrong with candidates that cannot be read
   */
  static KnownCandidates of(
      RunConfig config, Set<String> later, Configuration hadoop, Refusals refusals) {
    Map<String, Architecture> structures = new LinkedHashMap<>();
    TakenCandidates taken =
        new TakenCandidates(HeldCandidates.at(config.output(), hadoop, unused -> {}), hadoop);
    for (String text : config.retrain().candidates()) {
      CandidateLabel label = CandidateLabel.parse(text);
      if (label instanceof CandidateLabel.Given given) {
        structures.put(text, given.genotype());
      } else if (label instanceof CandidateLabel.Drawn drawn) {
        structures.put(text, config.supernet().random(config.seed(), drawn.number()));
      } else if (label instanceof CandidateLabel.Elsewhere elsewhere
          && !later.contains(elsewhere.place())) {
        refusals.check(() -> structures.put(text, taken.read(elsewhere).genotype()));
      }
    }
    return new KnownCandidates(
        structures,
        config.retrain().candidates().stream()
            .filter(text -> later.contains(place(CandidateLabel.parse(text))))
            .toList());
  }

  /** The folders and files that candidates of {@code config} are taken from. */
  static Set<String> places(RunConfig config) {
    return config.retrain().candidates().stream()
        .map(text -> place(CandidateLabel.parse(text)))
        .collect(Collectors.toSet());
  }

  /** Empty if it is this run itself. */
  private static String place(CandidateLabel label) {
    return label instanceof CandidateLabel.Elsewhere elsewhere ? elsewhere.place() : "";
  }

  /** The largest first. */
  List<Size> sizes(RetrainSettings retrain, DataHeader data) {
    return structures.entrySet().stream()
        .map(e -> size(e.getKey(), e.getValue(), retrain, data))
        .sorted(Comparator.comparingLong(Size::bytes).thenComparing(Size::weights).reversed())
        .toList();
  }

  private static Size size(
      String text, Architecture structure, RetrainSettings retrain, DataHeader data) {
    try (ArchitectureNetwork unbuilt =
        Networks.of(
            structure, retrain.network(), data.retrainInput(), Task.of(data), retrain.batch(), 1)) {
      String name =
          CandidateLabel.parse(text) instanceof CandidateLabel.Given given ? given.name() : text;
      return new Size(name, unbuilt.publishedSize(), unbuilt.bytes());
    }
  }
}
