/**
 * Retraining of candidates from scratch: which genotypes, one job per candidate and seed, what came
 * of each. Jobs are run by a {@link dev.fletch.retrain.JobRunner}; where, this package does not
 * know.
 *
 * @see dev.fletch.retrain.Retraining the door
 */
package dev.fletch.retrain;
