package dev.fletch.method;

import dev.fletch.settings.Checks;
import dev.fletch.supernet.OperationMask;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A search method: a record whose components are its settings. Its name is that of its class,
 * {@code PcDarts} being {@code pc-darts}.
 *
 * <p>To add one, write its record and name it in a list of {@link Methods}; the configuration finds
 * its keys, which are the components, and takes their defaults from {@code defaults.conf}, or from
 * a resource {@code META-INF/fletch/defaults.conf} of the jar that brings the method.
 */
public interface Method extends Serializable {
  default String name() {
    return Methods.name(getClass());
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
  default Optional<String> withoutTemperature() {
    return Optional.empty();
  }

  /** Why alpha's gradient cannot be of second order; empty if it can. */
  default Optional<String> withoutSecondOrder() {
    return Optional.empty();
  }

  /** Why the method cannot search recurrent cells; empty if it can. */
  default Optional<String> withoutRecurrentCells() {
    return Optional.empty();
  }

  /** Why no rule may end the search early; empty if one may. */
  default Optional<String> withoutStopping() {
    return Optional.empty();
  }

  /**
   * The points of a complexity parameter that are read off after each epoch, each a candidate of
   * its own; none for methods without such a parameter.
   */
  default List<Double> lambdas() {
    return List.of();
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
