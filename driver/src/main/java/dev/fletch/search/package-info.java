/**
 * The search: its loop over epochs and steps, what is recorded of each epoch, checkpoints and
 * resuming. It sees replicas only as a {@link dev.fletch.gradient.GradientSource} and never Spark.
 *
 * @see dev.fletch.search.SupernetSearch the door
 */
package dev.fletch.search;
