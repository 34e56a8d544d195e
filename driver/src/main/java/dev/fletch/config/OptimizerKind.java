package dev.fletch.config;

import dev.fletch.bilevel.AdamSettings;
import dev.fletch.bilevel.Nd4jUpdaterSettings;
import dev.fletch.bilevel.OptimizerSettings;
import dev.fletch.bilevel.SgdSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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
    RecordComponent[] components = type.getRecordComponents();
    Object[] numbers = Arrays.stream(components).map(c -> section.number(key(c))).toArray();
    return section.build(() -> create(numbers));
  }

  /** Every key of {@code settings} with its value, in the order of the record. */
  Map<String, Object> values(OptimizerSettings settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      try {
        values.put(key(component), component.getAccessor().invoke(settings));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Cannot read " + component + " of " + settings, e);
      }
    }
    return values;
  }

  private OptimizerSettings create(Object[] numbers) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(numbers);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException("Cannot make " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make " + type, e);
    }
  }

  private static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
