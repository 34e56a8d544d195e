/**
 * Candidate networks: what a genotype or a genome is trained as from scratch. Knows blocks and
 * architectures, nothing of data files, optimizers or Spark.
 *
 * @see dev.fletch.network.Networks the door
 */
package dev.fletch.network;
