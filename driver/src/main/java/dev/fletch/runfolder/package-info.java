/**
 * The folder of a run on any Hadoop file system: atomic writes, checkpoints, the manifest. Knows
 * nothing of what a search or a retraining is, and nothing of Spark.
 *
 * @see dev.fletch.runfolder.RunFolder the door
 */
package dev.fletch.runfolder;
