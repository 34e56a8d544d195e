package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.fletch.config.VariedKey.Choice;
import dev.fletch.settings.Checks;
import dev.fletch.settings.KeyName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Reads the section {@code sweep}: which keys take which values, and how they go together. */
final class SweepReader {
  static final String SECTION = "sweep";

  static final String VARY = "vary";

  /** More are more likely a slip than a plan. */
  private static final int MOST_TRIALS = 10_000;

  private final Problems problems;

  SweepReader(Problems problems) {
    this.problems = problems;
  }

  /** How the lists of values go together. */
  enum Mode {
    /** Every value of a key with every value of the others. */
    PRODUCT,
    /** The first values of all keys, then the second ones. */
    LIST
  }

  /**
   * What the section says.
   *
   * @param seeds empty: the seed of the configuration
   */
  record Plan(Mode mode, int parallel, List<Long> seeds, List<VariedKey> keys) {
    /** The combinations of values, seeds aside; one empty combination if no key is varied. */
    List<List<Choice>> combinations() {
      List<List<Choice>> combinations = new ArrayList<>();
      if (mode == Mode.LIST && !keys.isEmpty()) {
        for (int i = 0; i < keys.get(0).values().size(); i++) {
          int index = i;
          combinations.add(
              keys.stream().map(k -> new Choice(k.path(), k.values().get(index))).toList());
        }
        return combinations;
      }
      combinations.add(List.of());
      for (VariedKey key : keys) {
        List<List<Choice>> longer = new ArrayList<>();
        for (List<Choice> combination : combinations) {
          for (ConfigValue value : key.values()) {
            List<Choice> one = new ArrayList<>(combination);
            one.add(new Choice(key.path(), value));
            longer.add(one);
          }
        }
        combinations = longer;
      }
      return combinations;
    }

    private double trials() {
      double trials = Math.max(1, seeds.size());
      for (VariedKey key : mode == Mode.LIST ? keys.subList(0, Math.min(1, keys.size())) : keys) {
        trials *= key.values().size();
      }
      return trials;
    }
  }

  /** The plan, or null if it cannot be made; then a problem has been reported. */
  Plan read(Section section) {
    int before = problems.count();
    Mode mode = section.choice("mode", List.of(Mode.values()), KeyName::ofConstant);
    int parallel = section.integer("parallel");
    List<Long> seeds = section.longIntegers("seeds");
    ConfigValue vary = section.raw(VARY).orElse(Values.EMPTY);
    if (!(vary instanceof ConfigObject varied)) {
      section.refuse(VARY, "must be a section { } of keys with lists of values");
      return null;
    }
    List<VariedKey> keys = VariedKey.read(varied, problems);
    Plan plan = new Plan(mode, parallel, seeds, keys);
    section.checkTogether(
        new Checks()
            .atLeast("parallel", parallel, 1)
            .require(
                "seeds",
                new HashSet<>(seeds).size() == seeds.size(),
                "must not name a seed twice, got " + seeds)
            .require(
                VARY,
                problems.count() > before || !keys.isEmpty() || !seeds.isEmpty(),
                "must give at least one key a list of values, unless seeds are named")
            .require(
                VARY,
                plan.trials() <= MOST_TRIALS,
                "makes %.0f trials, and at most %d are possible"
                    .formatted(plan.trials(), MOST_TRIALS))
            .require(VARY, mode == Mode.PRODUCT || isOfOneLength(keys), lengths(keys)));
    return problems.count() == before ? plan : null;
  }

  private static boolean isOfOneLength(List<VariedKey> keys) {
    return keys.stream().map(k -> k.values().size()).distinct().count() <= 1;
  }

  private static String lengths(List<VariedKey> keys) {
    return "must have lists of one length when mode is list, got "
        + String.join(", ", keys.stream().map(k -> k.values().size() + " in " + k.path()).toList());
  }
}
