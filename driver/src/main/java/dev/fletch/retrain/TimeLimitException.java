package dev.fletch.retrain;

/** A training took longer than it was given. */
final class TimeLimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TimeLimitException(double minutes, int wholeEpochs) {
    super(
        "took longer than retrain.time-limit-minutes (%s) and was given up after %d whole %s:"
                .formatted(minutes, wholeEpochs, wholeEpochs == 1 ? "epoch" : "epochs")
            + " raise the limit, and --resume goes on from there");
  }
}
