/**
 * The search: its loop over epochs and steps, what is recorded of each epoch, checkpoints and
 * resuming. It sees replicas only as a {@link dev.fletch.gradient.GradientSource} and never Spark.
 *
 * @see dev.fletch.search.SupernetSearch the door of a search by gradients
 * @see dev.fletch.search.PopulationSearch the door of a search by evolution
 */
package dev.fletch.search;
