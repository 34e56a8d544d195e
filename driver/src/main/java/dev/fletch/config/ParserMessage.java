package dev.fletch.config;

import com.typesafe.config.ConfigException;

/** What the HOCON parser has to say, as one line without its origin. */
final class ParserMessage {
  private ParserMessage() {}

  static String of(ConfigException e) {
    String message = e.getMessage();
    if (e.origin() != null) {
      String prefix = e.origin().description() + ": ";
      message = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
    return message.replaceAll("\\s+", " ").strip();
  }
}
