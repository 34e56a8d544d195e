package dev.fletch.cluster;

import org.apache.spark.SparkException;

/**
 * Spark, or a machine it runs on, failed; the message is one sentence for the person who started
 * the run.
 */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClusterException(String message) {
    super(message);
  }

  ClusterException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What {@code failure} comes down to, in one line: the message of the first exception in its
   * chain that was written for people, else that of the innermost one, after its class.
   */
  static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !cause.getClass().getName().startsWith("dev.fletch.")) {
      cause = cause.getCause();
    }
    String type = cause.getClass().getSimpleName();
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return type;
    }
    String line = message.strip().lines().findFirst().orElse(type);
    return speaksForItself(cause) ? line : type + ": " + line;
  }

  private static boolean speaksForItself(Throwable cause) {
    return cause instanceof IllegalArgumentException
        || cause instanceof IllegalStateException
        || cause instanceof SparkException
        || cause.getClass().getName().startsWith("dev.fletch.");
  }
}
