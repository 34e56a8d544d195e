package dev.fletch.method;

import dev.fletch.architecture.Operation;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.optimizer.TemperatureSettings.Mode;
import dev.fletch.optimizer.TemperatureSettings.Schedule;
import dev.fletch.supernet.OperationMask;
import dev.fletch.supernet.SupernetSettings;
import java.util.List;

/** Search spaces for tests. */
final class Spaces {
  static final TemperatureSettings ONE = constant(1);
  static final List<Operation> THREE =
      List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);

  private Spaces() {}

  static TemperatureSettings constant(double t) {
    return new TemperatureSettings(Schedule.CONSTANT, t, t, Mode.SOFTMAX);
  }

  static TemperatureSettings linear(double from, double to) {
    return new TemperatureSettings(Schedule.LINEAR, from, to, Mode.SOFTMAX);
  }

  /** Two nodes and three operations. */
  static SearchSpace small(int epochs, TemperatureSettings temperature) {
    return new SearchSpace(new SupernetSettings(8, 5, 2, 3, THREE), 7, epochs, temperature, 0);
  }

  /** The space of DARTS. */
  static SearchSpace darts(int layers, int epochs) {
    return new SearchSpace(
        new SupernetSettings(16, layers, 4, 3, Operation.DARTS), 7, epochs, ONE, 0);
  }

  static Stage first(Method method, SearchSpace space) {
    return method.stage(space, 0, OperationMask.ALL);
  }

  static Composition compose(Method method, SearchSpace space) {
    return method.compose(space, first(method, space));
  }
}
