package dev.fletch.cuda;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that use an {@link EmulatedDriver}: skipped, with the reason, where there cannot be one.
 */
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsEmulator.Condition.class)
public @interface NeedsEmulator {
  /** Asks once for all tests, and says it where users look. */
  final class Condition implements ExecutionCondition {
    private static final String MISSING = EmulatorBuild.missing();

    static {
      if (MISSING != null) {
        System.err.println(MISSING);
      }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return MISSING == null || TestCard.isReal()
          ? ConditionEvaluationResult.enabled("g++ is there")
          : ConditionEvaluationResult.disabled(MISSING);
    }
  }
}
