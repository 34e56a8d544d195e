package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.settings.KeyName;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@code weights} or {@code alpha} section, which accepts exactly the keys of its optimizer
 * and of its schedule.
 */
final class OptimizerReader implements RecordKeys.Form<OptimizerSettings> {
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

  @Override
  public OptimizerSettings read(Section parent, String key) {
    Section section = parent.section(key);
    OptimizerKind kind = kind(section);
    String name = KeyName.ofConstant(kind);
    section.useDefaults(OPTIMIZER, name, optimizers.defaults(name));
    return kind.read(section);
  }

  @Override
  public void write(OptimizerSettings optimizer, Map<String, Object> section) {
    section.put(OPTIMIZER, KeyName.ofConstant(OptimizerKind.of(optimizer)));
    RecordKeys.PLAIN.write(optimizer, section);
  }

  /** The learning rate of the same section, which is to be read after its optimizer. */
  RecordKeys.Form<LearningRateSettings> rates() {
    return new RecordKeys.Form<>() {
      @Override
      public LearningRateSettings read(Section parent, String key) {
        Section section = parent.section(key);
        LearningRateSettings rate = rates.read(section);
        optimizers.refuseOthers(section, KeyName.ofConstant(kind(section)));
        return rate;
      }

      @Override
      public void write(LearningRateSettings rate, Map<String, Object> section) {
        RateReader.write(rate, section);
      }
    };
  }

  private static OptimizerKind kind(Section section) {
    return section.choice(OPTIMIZER, List.of(OptimizerKind.values()), KeyName::ofConstant);
  }
}
