package dev.fletch.config;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * How the report presents the run.
 *
 * @param title heading of the HTML page; empty for the run's name
 */
public record ReportSettings(String title) implements Serializable {
  public ReportSettings {
    new Checks().require("title", title.lines().count() <= 1, "must be one line").orThrow();
  }
}
