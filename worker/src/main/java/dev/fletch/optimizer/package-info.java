/**
 * How parameters follow gradients: optimizers on flat vectors, schedules per epoch, clipping, and
 * the training step of weights that searches and retrainings share.
 *
 * @see dev.fletch.optimizer.OptimizerSettings the door
 */
package dev.fletch.optimizer;
