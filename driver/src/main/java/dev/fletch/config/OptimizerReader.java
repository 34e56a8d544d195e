package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.OptimizerSettings;
import java.util.List;

/**
 * Reads a {@code weights} or {@code alpha} section, which accepts exactly the keys of its optimizer
 * and of its schedule.
 */
final class OptimizerReader {
  static final String OPTIMIZER = "optimizer";

  private final Variants optimizers;
  private final RateReader rates;

  /**
   * @param defaults has the roots {@code optimizers}, a section by name of optimizer for sections
   *     that choose another one than usual, and {@code schedules}, what each schedule adds to it
   */
  OptimizerReader(ConfigObject defaults) {
    this.optimizers = new Variants(OPTIMIZER, (ConfigObject) defaults.get("optimizers"));
    this.rates = new RateReader((ConfigObject) defaults.get("schedules"));
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
    List<OptimizerKind> kinds = List.of(OptimizerKind.values());
    OptimizerKind kind = section.choice(OPTIMIZER, kinds, RunConfigReader::name);
    String name = RunConfigReader.name(kind);
    section.useDefaults(OPTIMIZER, name, optimizers.defaults(name));
    OptimizerSettings optimizer = kind.read(section);
    LearningRateSettings rate = rates.read(section);
    optimizers.refuseOthers(section, name);
    return new Rated(optimizer, rate);
  }
}
