package dev.fletch.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.net.URL;
import java.util.function.Function;

/**
 * Includes as HOCON has them, except that what is included must be there: HOCON leaves a missing
 * file out without a word unless it says {@code include required(...)}.
 */
final class StrictIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private final ConfigIncluder usual;

  /** To be given the parser's own includer as fallback, which it does. */
  StrictIncluder() {
    this(null);
  }

  private StrictIncluder(ConfigIncluder usual) {
    this.usual = usual;
  }

  /** What was to be included and is not there. */
  static final class MissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MissingException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return usual == null ? new StrictIncluder(fallback) : this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return required(context, "\"" + what + "\"", c -> usual.include(c, what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return required(
        context, "file(\"" + what + "\")", c -> ((ConfigIncluderFile) usual).includeFile(c, what));
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return required(
        context, "url(\"" + what + "\")", c -> ((ConfigIncluderURL) usual).includeURL(c, what));
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return required(
        context,
        "classpath(\"" + what + "\")",
        c -> ((ConfigIncluderClasspath) usual).includeResources(c, what));
  }

  private static ConfigObject required(
      ConfigIncludeContext context,
      String written,
      Function<ConfigIncludeContext, ConfigObject> include) {
    try {
      return include.apply(new Strict(context));
    } catch (ConfigException.IO e) {
      throw new MissingException(
          "include "
              + written
              + ": not there, or not readable; mend the name, which is taken from the"
              + " including file's folder, or remove the line",
          e);
    }
  }

  /** A context in which nothing may be missing. */
  private record Strict(ConfigIncludeContext context) implements ConfigIncludeContext {
    @Override
    public ConfigParseable relativeTo(String file) {
      return context.relativeTo(file);
    }

    @Override
    public ConfigParseOptions parseOptions() {
      return context.parseOptions().setAllowMissing(false);
    }

    @Override
    public ConfigIncludeContext setParseOptions(ConfigParseOptions options) {
      return new Strict(context.setParseOptions(options));
    }
  }
}
