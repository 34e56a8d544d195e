/**
 * Every line that touches Spark: the context, gradients from replicas on executors, retraining
 * jobs, GPU pinning.
 *
 * <p>Knows the packages of {@code worker} and the job interface of {@code retrain}; knows nothing
 * of configuration files, run folders or the search loop. No other package imports {@code
 * org.apache.spark}.
 *
 * @see dev.fletch.cluster.SparkCluster the door
 */
package dev.fletch.cluster;
