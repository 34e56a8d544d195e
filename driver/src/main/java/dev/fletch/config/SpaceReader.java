package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.data.DataFormat;
import dev.fletch.data.StreamFormat;
import dev.fletch.data.TextFormat;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.NetworkSettings;
import dev.fletch.network.RecurrentNetworkSettings;
import dev.fletch.supernet.RecurrentSpace;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.supernet.SupernetSpace;
import java.util.List;
import java.util.Map;

/**
 * Reads what is searched and the networks that are trained from scratch: of recurrent cells where
 * the data are streams of words, of cells of images or texts otherwise. Refuses the keys of the
 * others.
 */
final class SpaceReader implements RecordKeys.Form<SupernetSpace> {
  private static final String SPACE = "space";
  private static final String SEARCH = "search";
  private static final String SUPERNET = "supernet";
  private static final String RETRAIN = "retrain";

  private final ConfigObject usual;
  private final ConfigObject recurrent;

  /**
   * @param defaults has the roots {@code fletch} and {@code recurrent}, what recurrent cells change
   *     in it
   */
  SpaceReader(ConfigObject defaults) {
    this.usual = (ConfigObject) defaults.get(RunConfigLoader.ROOT);
    this.recurrent = (ConfigObject) defaults.get("recurrent");
  }

  /**
   * Changes the defaults of other sections to those of recurrent cells, if they are searched; so to
   * be called before them, but after {@code data}.
   */
  void prepare(Section root) {
    if (isRecurrent(root)) {
      root.preferDefaults(recurrent);
      root.section(SEARCH).preferDefaults((ConfigObject) recurrent.get(SEARCH)); // read already
    }
  }

  /** A population has genomes, whatever the data are; that it cannot be is said elsewhere. */
  private static boolean isRecurrent(Section root) {
    return format(root) instanceof StreamFormat && !SearchReader.isPopulation(root);
  }

  private static DataFormat format(Section root) {
    return root.section("data").known("format", DataFormat.known(), DataFormat::text);
  }

  @Override
  public SupernetSpace read(Section root, String key) {
    Section space = root.section(SPACE);
    Section supernet = root.section(SUPERNET);
    SupernetSpace settings =
        RecordKeys.PLAIN.read(
            supernet, isRecurrent(root) ? RecurrentSpace.class : SupernetSettings.class);
    refuseOthers(root, space, SPACE);
    refuseOthers(root, supernet, SUPERNET);
    return settings;
  }

  /** The same of the networks that are trained from scratch. */
  RecordKeys.Form<NetworkSettings> networks() {
    return new RecordKeys.Form<>() {
      @Override
      public NetworkSettings read(Section retrain, String key) {
        return RecordKeys.PLAIN.read(
            retrain,
            isRecurrent(retrain.root()) ? RecurrentNetworkSettings.class : CandidateSettings.class);
      }

      @Override
      public void write(NetworkSettings network, Map<String, Object> retrain) {
        RecordKeys.PLAIN.write(network, retrain);
      }
    };
  }

  /** To be called when the section {@code retrain} has been read. */
  void refuseOtherNetworks(Section root) {
    refuseOthers(root, root.section(RETRAIN), RETRAIN);
  }

  private void refuseOthers(Section root, Section section, String name) {
    ConfigObject others = (ConfigObject) (isRecurrent(root) ? usual : recurrent).get(name);
    List<String> keys = section.unknown().stream().filter(others::containsKey).toList();
    keys.forEach(key -> section.refuse(key, refusal(format(root), isRecurrent(root))));
  }

  private static String refusal(DataFormat format, boolean isRecurrent) {
    return isRecurrent
        ? "must be left out: it is for networks of images and texts, and %s has streams of words"
            .formatted(format.text())
        : "must be left out: it is for recurrent cells, and %s has %s"
            .formatted(format.text(), examples(format));
  }

  static String examples(DataFormat format) {
    if (format instanceof StreamFormat) {
      return "streams of words";
    }
    return format instanceof TextFormat ? "texts" : "images";
  }

  @Override
  public void write(SupernetSpace settings, Map<String, Object> section) {
    throw new IllegalStateException("A space has keys in other sections too");
  }

  @Override
  public void write(SupernetSpace settings, Map<String, Object> section, Map<String, Object> root) {
    RecordKeys.PLAIN.write(settings, section, root);
  }
}
