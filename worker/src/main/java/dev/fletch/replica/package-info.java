/**
 * What computes gradients next to the data: a {@link dev.fletch.replica.Replica} holds a network's
 * buffers and finds its minibatches, {@link dev.fletch.replica.LocalGradientSource} runs the
 * replicas of a run in this process. Knows all of the worker, and nothing of Spark.
 *
 * @see dev.fletch.replica.LocalGradientSource the door in one process
 * @see dev.fletch.replica.Replica the door on an executor
 */
package dev.fletch.replica;
