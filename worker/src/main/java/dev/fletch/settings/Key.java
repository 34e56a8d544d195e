package dev.fletch.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a component of a settings record is written in a configuration, where that is not simply its
 * name: {@code warmUp} as {@code warm-up}, a record as a section of that name.
 */
@Retention(RetentionPolicy.RUNTIME)
// FIELD too: what a compiler leaves of a component in the tree of the class, for checks of the
// build
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Key {
  /** The key; by default the component's name. */
  String value() default "";

  /** The section of the whole configuration that has the key; by default the record's own. */
  String section() default "";

  /** Whether the component is a record whose keys stand among those of the record around it. */
  boolean inline() default false;

  /** Of a whole number from 1 on: the words that stand for 1, 2 and so on. */
  String[] words() default {};

  /** Of an enum: the static list of it that holds the constants to choose from; by default all. */
  String options() default "";
}
