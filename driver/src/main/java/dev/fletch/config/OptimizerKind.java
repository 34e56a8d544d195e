package dev.fletch.config;

import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.AveragedSgdSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.optimizer.SgdSettings;
import java.util.Arrays;

/**
 * Every optimizer, named as its constant in lower case. Its keys are the components of its record,
 * which are numbers: {@code weight-decay} is {@code weightDecay}.
 */
enum OptimizerKind {
  ADADELTA(Nd4jUpdaterSettings.AdaDeltaSettings.class),
  ADAGRAD(Nd4jUpdaterSettings.AdaGradSettings.class),
  ADAM(AdamSettings.class),
  ADAMAX(Nd4jUpdaterSettings.AdaMaxSettings.class),
  AMSGRAD(Nd4jUpdaterSettings.AmsGradSettings.class),
  AVERAGED_SGD(AveragedSgdSettings.class),
  NADAM(Nd4jUpdaterSettings.NadamSettings.class),
  NESTEROV(Nd4jUpdaterSettings.NesterovSettings.class),
  RMSPROP(Nd4jUpdaterSettings.RmsPropSettings.class),
  SGD(SgdSettings.class);

  private final Class<? extends OptimizerSettings> type;

  OptimizerKind(Class<? extends OptimizerSettings> type) {
    this.type = type;
  }

  static OptimizerKind of(OptimizerSettings settings) {
    return Arrays.stream(values())
        .filter(k -> k.type.isInstance(settings))
        .findFirst()
        .orElseThrow();
  }

  /** The settings that {@code section} asks for, or null if they are refused. */
  OptimizerSettings read(Section section) {
    return RecordKeys.PLAIN.read(section, type);
  }
}
