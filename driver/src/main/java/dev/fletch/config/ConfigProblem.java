package dev.fletch.config;

import java.io.Serializable;

/**
 * One thing wrong with a configuration.
 *
 * @param source file as named by the person who started the run, or {@code --set}
 * @param line line in {@code source}, counted from 1; 0 if there is none to point at
 * @param key full key without the root {@code fletch}, for example {@code search.epochs}; empty if
 *     it is about the whole file
 * @param message one sentence that already names the key
 */
public record ConfigProblem(String source, int line, String key, String message)
    implements Serializable {
  /** Where it is written: {@code search.conf:12}. */
  public String origin() {
    return line > 0 ? source + ":" + line : source;
  }

  /** The line shown to a person: {@code search.conf:12: search.epochs must be >= 1, got 0}. */
  @Override
  public String toString() {
    return origin() + ": " + message;
  }
}
