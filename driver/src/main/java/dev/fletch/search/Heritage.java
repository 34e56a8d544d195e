package dev.fletch.search;

import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Phenotype.Place;
import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.evolution.Inheritance;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.PortName;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.runfolder.RunFolder;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * What the training of a genome's network begins with and leaves behind where children inherit
 * weights. Each port has the weights and running statistics of the parent that {@link Inheritance}
 * names; what networks have beside their ports (stem, reductions, classifier) is that of the fitter
 * parent. All else, the optimizer's state with it, is as in a training from scratch.
 *
 * @param runFolder as {@link RunFolder#path()}; empty where nothing is inherited
 * @param writer in whose name weights are written, as {@link RunFolder#writer()}
 * @param parents whose networks were trained, the fitter first; possibly none
 * @param ports what is unchanged, by the places of {@code parents}
 */
public record Heritage(
    String runFolder, String writer, List<Parent> parents, List<Inheritance> ports)
    implements Serializable {
  /** Every network is trained from its own start, and leaves nothing. */
  static final Heritage NONE = new Heritage("", "", List.of(), List.of());

  /**
   * A genome whose trained network a parent has.
   *
   * @param id of the genome that was trained, the first that describes the parent's network
   */
  public record Parent(int id, Genome trained) implements Serializable {}

  public Heritage {
    parents = List.copyOf(parents);
    ports = List.copyOf(ports);
  }

  private boolean isNone() {
    return runFolder.isEmpty();
  }

  /**
   * Puts what is inherited in the place of fresh weights.
   *
   * @throws dev.fletch.runfolder.RunFolderException if a parent's weights are missing or damaged
   */
  void begin(ArchitectureNetwork network, TrainingState state, Configuration hadoop) {
    if (isNone() || parents.isEmpty()) {
      return;
    }
    RunFolder run = RunFolder.open(runFolder, hadoop);
    List<TrainedWeights> trained = parents.stream().map(parent -> read(run, parent)).toList();
    Map<Place, Inheritance> inherited =
        ports.stream().collect(Collectors.toMap(Inheritance::port, Function.identity()));
    float[] weights = state.weightsOnHost();
    float[] statistics = state.statisticsOnHost();
    for (WeightSlot slot : network.weightSlots()) {
      source(slot.name(), inherited)
          .ifPresent(from -> trained.get(from.parent()).copyTo(slot, from.name(), weights));
    }
    for (StatisticsSlot slot : network.statisticsSlots()) {
      source(slot.name(), inherited)
          .ifPresent(from -> trained.get(from.parent()).copyTo(slot, from.name(), statistics));
    }
  }

  private static TrainedWeights read(RunFolder run, Parent parent) {
    return TrainedWeights.read(run, parent.id(), parent.trained());
  }

  /**
   * Reads what {@link #begin} will read, to see that it is there.
   *
   * @throws dev.fletch.runfolder.RunFolderException if a parent's weights are missing or damaged
   */
  void requireWhole(RunFolder run) {
    parents.forEach(parent -> read(run, parent));
  }

  private record Source(int parent, String name) {}

  private static Optional<Source> source(String name, Map<Place, Inheritance> inherited) {
    Optional<PortName> port = PortName.parse(name);
    if (port.isEmpty()) {
      return Optional.of(new Source(0, name));
    }
    return Optional.ofNullable(inherited.get(port.get().place()))
        .map(from -> new Source(from.parent(), port.get().at(from.source()).text()));
  }

  /** Leaves the weights of a finished training to the children of its genome. */
  void leave(
      FitnessJob job, ArchitectureNetwork network, TrainingState state, Configuration hadoop) {
    if (!isNone()) {
      TrainedWeights.write(RunFolder.open(runFolder, writer, hadoop), job, network, state);
    }
  }
}
