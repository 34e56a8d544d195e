/**
 * Connections between the tasks of one Spark job, over TCP or sockets within a machine, by Netty,
 * which Spark brings: who may connect is who knows the job's secret. Knows nothing of Spark, and of
 * gradients only that they are vectors.
 *
 * @see dev.fletch.cluster.peers.PeerNetwork the door
 */
package dev.fletch.cluster.peers;
