/**
 * Candidate networks: what a genotype is retrained as. Knows blocks and genotypes, nothing of data
 * files, optimizers or Spark.
 *
 * @see dev.fletch.network.CandidateNetwork the door
 */
package dev.fletch.network;
