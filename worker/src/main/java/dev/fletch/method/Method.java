package dev.fletch.method;

import dev.fletch.settings.Checks;
import dev.fletch.settings.KeyName;
import dev.fletch.supernet.OperationMask;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A search method: a record whose components are its settings. Its name is that of its class,
 * {@code PcDarts} being {@code pc-darts}.
 *
 * <p>To add one, write its record and name it in {@code permits}; the configuration finds its keys,
 * which are the components, and takes their defaults from {@code defaults.conf}.
 */
public sealed interface Method extends Serializable
    permits Darts,
        TdDarts,
        TdDartsLearnedTemperature,
        SdartsRs,
        SdartsAdv,
        DartsMinus,
        FairDarts,
        BetaDarts,
        PcDarts,
        PDarts,
        Snas,
        Gdas,
        DartsEgs,
        RandomSearch,
        RandomWeightSharing,
        DartsL1,
        Hypernetwork {
  /** Every method. */
  static List<Class<? extends Method>> all() {
    List<Class<? extends Method>> all = new ArrayList<>();
    for (Class<?> type : Method.class.getPermittedSubclasses()) {
      all.add(type.asSubclass(Method.class));
    }
    return all;
  }

  /** The name that configurations use for a class of {@link #all}. */
  static String name(Class<? extends Method> type) {
    return KeyName.of(type.getSimpleName());
  }

  default String name() {
    return name(getClass());
  }

  /** What the method is made of in {@code stage}. */
  Composition compose(SearchSpace space, Stage stage);

  /** Epochs of a stage; a search has as many stages as fit. */
  default int stageEpochs(SearchSpace space) {
    return space.epochs();
  }

  /** The operations that edges have in the stage after {@code done}. */
  default OperationMask maskAfter(SearchSpace space, Stage done, float[] strength) {
    return done.mask();
  }

  /** The stage of {@code epoch}, given the operations that edges have in it. */
  default Stage stage(SearchSpace space, int epoch, OperationMask mask) {
    int length = stageEpochs(space);
    int index = epoch / length;
    return new Stage(index, index * length, length, mask);
  }

  /**
   * The first epoch whose validation score says something beside that of the last: not an epoch
   * with a smaller supernet.
   */
  default int comparableFrom(SearchSpace space) {
    return 0;
  }

  /** Why the method has no temperature; empty if it has one. */
  default String withoutTemperature() {
    return "";
  }

  /** Why alpha's gradient cannot be of second order; empty if it can. */
  default String withoutSecondOrder() {
    return "";
  }

  /** Why no rule may end the search early; empty if one may. */
  default String withoutStopping() {
    return "";
  }

  /** Whether a change of temperature may rescale alpha itself. */
  default boolean takesRescaling() {
    return false;
  }

  /** Whether an L1 penalty on alpha may be added. */
  default boolean takesL1() {
    return false;
  }

  /** Rules between the method's settings and the rest of the search; keys as in a configuration. */
  default void check(Checks checks, SearchSpace space) {
    // most methods have none
  }
}
