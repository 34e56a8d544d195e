package dev.fletch.data;

import dev.fletch.settings.HasText;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A file format that examples can come in: all that has to be known of it. Formats are found by
 * {@link java.util.ServiceLoader}: one that is named in a file {@code
 * META-INF/services/dev.fletch.data.DataFormat} on the class path can be named in a configuration
 * without further ado.
 *
 * <p>An implementation is a public record without components, so that a format that has travelled
 * to another process equals the one that is known there. Everything about the data is in the
 * settings. It is an {@link ImageFormat}, a {@link TextFormat} or a {@link StreamFormat}, which
 * decides what its examples are to networks, and which settings they have.
 */
public sealed interface DataFormat extends HasText, Serializable
    permits ImageFormat, StreamFormat, TextFormat {
  /** The name in a configuration, which no other format has. */
  @Override
  String text();

  /** What {@link Input#dimensions} is of all its examples, known before any is read. */
  int dimensions();

  /**
   * The files that the settings list, or those that a data set of this format usually has.
   *
   * @throws DataException if a file or the folder is missing
   */
  DataFiles locate(DataSettings settings, Configuration hadoop);

  /**
   * The rule that the list of files under {@code data.train} or {@code data.test} breaks, such as
   * "must list two files, got 1"; by default any list will do.
   *
   * @param files possibly empty: then the usual ones are looked for
   */
  default Optional<String> filesRefusal(List<String> files) {
    return Optional.empty();
  }

  /** All formats on the class path: those of this package in a fixed order, then others by name. */
  static List<DataFormat> known() {
    return KnownFormats.ALL;
  }
}
