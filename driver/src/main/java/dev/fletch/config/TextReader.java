package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.data.DataFormat;
import dev.fletch.data.TextFormat;
import dev.fletch.data.TextSettings;
import java.util.Map;

/**
 * Reads the keys of {@code data} that it has where its format is one of texts, and no others do.
 */
final class TextReader implements RecordKeys.Form<TextSettings> {
  static final String FORMAT = "format";

  private final Variants formats;
  private final ConfigObject changes;

  /**
   * @param defaults has the roots {@code text-formats}, a section by name of format, and {@code
   *     text-defaults}, what texts change in the defaults of {@code fletch}
   */
  TextReader(ConfigObject defaults) {
    this.formats = new Variants(FORMAT, (ConfigObject) defaults.get("text-formats"));
    this.changes = (ConfigObject) defaults.get("text-defaults");
  }

  /**
   * How texts are read, {@link TextSettings#NONE} for formats without texts, or null if it is
   * refused. Changes the defaults of other sections, so it is to be read before them.
   */
  @Override
  public TextSettings read(Section data, String key) {
    DataFormat format = data.known(FORMAT, DataFormat.known(), DataFormat::text);
    TextSettings settings = TextSettings.NONE;
    if (format instanceof TextFormat) {
      data.addDefaults(formats.defaultsOf(format.text(), "text-formats", "text-column"));
      data.root().preferDefaults(changes);
      settings = RecordKeys.PLAIN.read(data, TextSettings.class);
    }
    return settings;
  }

  @Override
  public void write(TextSettings settings, Map<String, Object> data) {
    if (!settings.equals(TextSettings.NONE)) {
      RecordKeys.PLAIN.write(settings, data);
    }
  }
}
