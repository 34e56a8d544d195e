/**
 * The description of a run: one HOCON file and overrides in, one validated {@link
 * dev.fletch.config.RunConfig} or all problems out.
 *
 * <p>Knows the settings records of the other packages and nothing of what they are used for: no
 * Spark, no Hadoop, no data.
 *
 * @see dev.fletch.config.RunConfigLoader the door
 */
package dev.fletch.config;
