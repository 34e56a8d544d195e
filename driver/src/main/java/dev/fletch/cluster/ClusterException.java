package dev.fletch.cluster;

import org.apache.spark.SparkException;

/** Spark, or a machine it runs on, failed; the message is one sentence for the person who started the run. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClusterException(String message) {
    super(message);
  }

  ClusterException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What {@code failure} comes down to, in one line: the first line of the innermost cause's message, after its class where
   * the message was not written for people.
   */
  static String rootCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String type = root.getClass().getSimpleName();
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return type;
    }
    String line = message.strip().lines().findFirst().orElse(type);
    return speaksForItself(root) ? line : type + ": " + line;
  }

  private static boolean speaksForItself(Throwable failure) {
    return failure instanceof IllegalArgumentException
        || failure instanceof IllegalStateException
        || failure instanceof SparkException
        || failure.getClass().getName().startsWith("dev.fletch.");
  }
}
