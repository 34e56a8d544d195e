package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.data.DataSettings;
import dev.fletch.data.StreamSettings;
import dev.fletch.data.TextSettings;
import dev.fletch.method.Method;
import dev.fletch.network.NetworkSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.search.SearchSection;
import dev.fletch.search.StopRule;
import dev.fletch.supernet.SupernetSpace;
import java.util.HashMap;
import java.util.Map;

/** Reads a {@link RunConfig} and writes it: which sections there are, and what holds among them. */
final class RunConfigReader {
  private final RecordKeys keys;
  private final SearchReader searches;
  private final SpaceReader spaces;

  private RunConfigReader(RecordKeys keys, SearchReader searches, SpaceReader spaces) {
    this.keys = keys;
    this.searches = searches;
    this.spaces = spaces;
  }

  /**
   * @param defaults every root of the defaults
   */
  static RunConfigReader of(ConfigObject defaults) {
    OptimizerReader optimizers = new OptimizerReader(defaults);
    SpaceReader spaces = new SpaceReader(defaults);
    Map<Class<?>, RecordKeys.Form<?>> forms =
        new HashMap<>(
            Map.of(
                Method.class,
                new MethodReader(defaults),
                OptimizerSettings.class,
                optimizers,
                LearningRateSettings.class,
                optimizers.rates(),
                TemperatureSettings.class,
                new TemperatureReader(),
                StopRule.class,
                new StopReader(defaults),
                TextSettings.class,
                new TextReader(defaults),
                SupernetSpace.class,
                spaces,
                NetworkSettings.class,
                spaces.networks(),
                StreamSettings.class,
                new StreamReader(defaults)));
    SearchReader searches = new SearchReader(new RecordKeys(forms), defaults);
    forms.put(SearchSection.class, searches);
    return new RunConfigReader(new RecordKeys(forms), searches, spaces);
  }

  /** The configuration, or null if it cannot be made; then a problem has been reported. */
  RunConfig read(Section root, Problems problems) {
    String name = root.text("name");
    long seed = root.longInteger("seed");
    String output = root.text("output");
    DataSettings data = keys.read(root.section("data"), DataSettings.class);
    spaces.prepare(root);
    searches.prepare(root);
    SupernetSpace supernet = spaces.read(root, "supernet");
    SearchSection search = searches.read(root, "search");
    RetrainSettings retrain = keys.read(root.section("retrain"), RetrainSettings.class);
    spaces.refuseOtherNetworks(root);
    ReportSettings report = keys.read(root.section("report"), ReportSettings.class);
    ClusterSection cluster = keys.read(root.section("cluster"), ClusterSection.class);
    root.checkTogether(RunConfig.check(name, seed, output, data, supernet, search, retrain));
    boolean complete =
        data != null
            && supernet != null
            && search != null
            && retrain != null
            && report != null
            && cluster != null;
    return complete && problems.isEmpty()
        ? new RunConfig(name, seed, output, data, supernet, search, retrain, report, cluster)
        : null;
  }

  /** Every key with its value; sections are maps again. */
  Map<String, Object> tree(RunConfig config) {
    return keys.tree(config);
  }
}
