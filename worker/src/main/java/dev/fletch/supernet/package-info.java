/**
 * The supernet: cells of mixed operations, and how alpha becomes mixing weights. Knows blocks and
 * operations, nothing of data files, optimizers or Spark.
 *
 * @see dev.fletch.supernet.Supernet the door
 */
package dev.fletch.supernet;
