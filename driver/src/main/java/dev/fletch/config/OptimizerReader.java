package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.bilevel.AdamSettings;
import dev.fletch.bilevel.LearningRateSettings;
import dev.fletch.bilevel.LearningRateSettings.Schedule;
import dev.fletch.bilevel.OptimizerSettings;
import dev.fletch.bilevel.SgdSettings;
import java.util.List;

/**
 * Reads a {@code weights} or {@code alpha} section, which accepts exactly the keys of its
 * optimizer.
 */
final class OptimizerReader {
  private static final String OPTIMIZER = "optimizer";
  private static final String MINIMUM = "learning-rate-min";

  private final ConfigObject defaults;

  /**
   * @param defaults section by name of optimizer, for sections that choose another one than usual
   */
  OptimizerReader(ConfigObject defaults) {
    this.defaults = defaults;
  }

  /**
   * An optimizer and its learning rate.
   *
   * @param optimizer null if refused, and so {@code rate}
   */
  record Rated(OptimizerSettings optimizer, LearningRateSettings rate) {
    boolean isComplete() {
      return optimizer != null && rate != null;
    }
  }

  Rated read(Section parent, String key) {
    Section section = parent.section(key);
    List<String> names = defaults.keySet().stream().sorted().toList();
    String chosen = section.choice(OPTIMIZER, names, n -> n);
    section.useDefaults(OPTIMIZER, chosen, (ConfigObject) defaults.get(chosen));
    OptimizerSettings optimizer = chosen.equals("adam") ? adam(section) : sgd(section);
    LearningRateSettings rate = rate(section);
    names.forEach(other -> refuseKeysOf(other, chosen, section));
    return new Rated(optimizer, rate);
  }

  private static OptimizerSettings sgd(Section section) {
    double momentum = section.number("momentum");
    double decay = section.number("weight-decay");
    return section.build(() -> new SgdSettings(momentum, decay));
  }

  private static OptimizerSettings adam(Section section) {
    double beta1 = section.number("beta1");
    double beta2 = section.number("beta2");
    double epsilon = section.number("epsilon");
    double decay = section.number("weight-decay");
    return section.build(() -> new AdamSettings(beta1, beta2, epsilon, decay));
  }

  /** A constant rate has no minimum of its own: one that is written must agree. */
  private static LearningRateSettings rate(Section section) {
    Schedule schedule =
        section.choice("schedule", List.of(Schedule.values()), RunConfigReader::name);
    double rate = section.number("learning-rate");
    double minimum = section.number(MINIMUM);
    if (schedule == Schedule.CONSTANT && !section.isWritten(MINIMUM)) {
      section.ignore(MINIMUM);
      return section.build(() -> new LearningRateSettings(schedule, rate, rate));
    }
    boolean comparable = !section.isRefused("learning-rate") && !section.isRefused("schedule");
    if (schedule == Schedule.CONSTANT
        && comparable
        && !section.isRefused(MINIMUM)
        && minimum != rate) {
      section.refuse(
          MINIMUM,
          "must be left out or equal learning-rate ("
              + rate
              + ") when schedule is constant, got "
              + minimum);
    }
    return section.build(() -> new LearningRateSettings(schedule, rate, minimum));
  }

  private void refuseKeysOf(String other, String chosen, Section section) {
    for (String key : ((ConfigObject) defaults.get(other)).keySet()) {
      if (!section.isWritten(key) || section.isKnown(key)) {
        continue;
      }
      if (section.isRefused(OPTIMIZER)) {
        section.ignore(key); // it may belong to the optimizer that was meant
      } else {
        section.refuse(key, "belongs to optimizer " + other + ", but optimizer is " + chosen);
      }
    }
  }
}
