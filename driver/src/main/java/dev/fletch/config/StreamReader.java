package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.data.DataFormat;
import dev.fletch.data.StreamFormat;
import dev.fletch.data.StreamSettings;
import java.util.Map;

/**
 * Reads the keys of {@code data} that it has where its format is one of streams of words, and no
 * others do.
 */
final class StreamReader implements RecordKeys.Form<StreamSettings> {
  /** A key of all other formats. */
  private static final String PORTION = "search-portion";

  private final Variants formats;
  private final Variants all;
  private final ConfigObject changes;

  /**
   * @param defaults has the roots {@code stream-formats} and {@code text-formats}, a section by
   *     name of format, and {@code stream-defaults}, what streams change in the defaults of {@code
   *     fletch}
   */
  StreamReader(ConfigObject defaults) {
    ConfigObject streams = (ConfigObject) defaults.get("stream-formats");
    ConfigObject texts = (ConfigObject) defaults.get("text-formats");
    this.formats = new Variants(TextReader.FORMAT, streams);
    this.all = new Variants(TextReader.FORMAT, streams.withFallback(texts));
    this.changes = (ConfigObject) defaults.get("stream-defaults");
  }

  /**
   * How streams are read, {@link StreamSettings#NONE} for formats without streams, or null if it is
   * refused. Changes the defaults of other sections, so it is to be read before them; and refuses
   * the keys of other formats, so it is to be read after those of {@link TextReader}.
   */
  @Override
  public StreamSettings read(Section data, String key) {
    DataFormat format = data.known(TextReader.FORMAT, DataFormat.known(), DataFormat::text);
    StreamSettings settings = StreamSettings.NONE;
    if (format instanceof StreamFormat) {
      data.addDefaults(formats.defaultsOf(format.text(), "stream-formats", "bptt"));
      data.root().preferDefaults(changes);
      settings = RecordKeys.PLAIN.read(data, StreamSettings.class);
      if (data.isWritten(PORTION)) {
        data.refuse(
            PORTION,
            "must be left out: in a search on %s the training text trains w, and the validation text alpha"
                .formatted(format.text()));
      }
    }
    all.refuseOthers(data, format.text());
    return settings;
  }

  @Override
  public void write(StreamSettings settings, Map<String, Object> data) {
    if (!settings.equals(StreamSettings.NONE)) {
      data.remove(PORTION);
      RecordKeys.PLAIN.write(settings, data);
    }
  }
}
