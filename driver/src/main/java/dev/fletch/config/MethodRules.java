package dev.fletch.config;

import dev.fletch.method.Composition;
import dev.fletch.method.Method;
import dev.fletch.method.SearchSpace;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.search.SearchSettings;
import dev.fletch.search.StopRule;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.OperationMask;
import java.util.Optional;

/** Which settings of a search make no sense together with its method, and why. */
final class MethodRules {
  private MethodRules() {}

  static void check(Checks checks, SearchSettings search, SearchSpace space) {
    Method method = search.method();
    if (method == null) {
      return; // refused itself
    }
    if (space.isRecurrent() && method.withoutRecurrentCells().isPresent()) {
      checks.require(
          "search.method.name",
          false,
          "must not be "
              + method.name()
              + " where the data are streams of words"
              + because(method.withoutRecurrentCells()),
          "data.format");
      return; // what else it asks for is of other cells
    }
    TemperatureSettings temperature = search.temperature();
    checks
        .require(
            "search.order",
            search.order() == 1 || method.withoutSecondOrder().isEmpty(),
            "must be first with method " + method.name() + because(method.withoutSecondOrder()),
            "search.method.name")
        .require(
            "search.temperature.from",
            method.withoutTemperature().isEmpty() || isOne(temperature),
            "must be left out with method "
                + method.name()
                + ", which has no temperature"
                + because(method.withoutTemperature()),
            "search.method.name")
        .require(
            "search.temperature.mode",
            temperature.mode() == TemperatureSettings.Mode.SOFTMAX || method.takesRescaling(),
            "must be softmax with method "
                + method.name()
                + ": rescale is a form of darts and td-darts alone",
            "search.method.name")
        .require(
            "search.alpha-l1",
            search.alphaL1() == 0 || method.takesL1(),
            "must be 0 with method "
                + method.name()
                + ": the penalty belongs to darts and darts-l1, got "
                + search.alphaL1(),
            "search.method.name")
        .require(
            "search.stop.rule",
            search.stop() instanceof StopRule.None || method.withoutStopping().isEmpty(),
            "must be none with method " + method.name() + because(method.withoutStopping()),
            "search.method.name")
        .require(
            "search.stop.rule",
            !(search.stop() instanceof StopRule.Eigenvalue) || search.watch().eigenvalueEvery() > 0,
            "must not be eigenvalue while search.watch.eigenvalue-every is 0: nothing is measured"
                + " that could stop the search",
            "search.watch.eigenvalue-every")
        .require(
            "search.stop.rule",
            !(search.stop() instanceof StopRule.StableRanking)
                || space.supernet().ranked().size() > 1,
            space.isRecurrent()
                ? "must not be stable-ranking with fewer than two functions: their order cannot"
                    + " change"
                : "must not be stable-ranking with fewer than two operations that have weights:"
                    + " their order cannot change",
            "space.operations")
        .require(
            "search.watch.temperatures",
            search.watch().temperatures().isEmpty() || hasTemperatures(method, temperature, space),
            "must be empty with method "
                + method.name()
                + (temperature.mode() == TemperatureSettings.Mode.RESCALE
                    ? " in mode rescale, which has divided alpha already"
                    : ": its supernet cannot be looked at at another temperature"),
            "search.method.name",
            "search.temperature.mode");
    checkProducts(checks, method, space);
    method.check(checks, space);
  }

  /** What a node that multiplies asks of what it is derived from. */
  private static void checkProducts(Checks checks, Method method, SearchSpace space) {
    if (!space.supernet().multiplies()) {
      return;
    }
    Composition composition = method.compose(space, method.stage(space, 0, OperationMask.ALL));
    checks
        .require(
            "space.aggregations",
            composition.derivation().withoutProducts().isEmpty(),
            "must be [add] with method "
                + method.name()
                + because(composition.derivation().withoutProducts()),
            "search.method.name")
        .require(
            "space.aggregations",
            composition.edges().partial() == 1,
            "must be [add] with method "
                + method.name()
                + ": its edges have weights that share out a sum, and some channels bypass the"
                + " operations, which have no product",
            "search.method.name");
  }

  private static String because(Optional<String> reason) {
    return reason.map(why -> ": " + why).orElse("");
  }

  private static boolean hasTemperatures(
      Method method, TemperatureSettings temperature, SearchSpace space) {
    return method.withoutTemperature().isEmpty()
        && temperature.mode() == TemperatureSettings.Mode.SOFTMAX
        && method
            .compose(space, method.stage(space, 0, OperationMask.ALL))
            .relaxations()
            .at(1)
            .isPresent();
  }

  private static boolean isOne(TemperatureSettings temperature) {
    return temperature.from() == 1 && temperature.to() == 1;
  }
}
