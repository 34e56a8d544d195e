/**
 * Candidate networks as DL4J computation graphs, made of DL4J's own layers only, so that any DL4J
 * program can load them. Knows the layout of candidate networks, nothing of files or Spark.
 *
 * @see dev.fletch.network.dl4j.Dl4jModel the door
 */
package dev.fletch.network.dl4j;
