package dev.fletch.optimizer;

/**
 * What a recurrent network remembers when an epoch begins. The streams begin anew there, so that
 * what stands at their ends is not what comes before their beginnings.
 */
public enum EpochStart {
  /**
   * Nothing, of both streams: so do the published recurrent DARTS (quark0/darts, {@code
   * rnn/train_search.py} and {@code rnn/train.py}, whose {@code train()} begins with {@code
   * init_hidden}) and AWD-LSTM.
   */
  ZEROS,
  /** What it remembered at the end of the epoch before: its memory is never reset. */
  CARRIED
}
