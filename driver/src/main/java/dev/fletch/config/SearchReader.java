package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.search.PopulationSettings;
import dev.fletch.search.SearchSection;
import dev.fletch.search.SearchSettings;
import java.util.List;
import java.util.Map;

/**
 * Reads the section {@code search}, and refuses there and elsewhere what means nothing to what is
 * searched with: gradients, or a population.
 */
final class SearchReader implements RecordKeys.Form<SearchSection> {
  private static final String ANY_GRADIENT_METHOD = "darts";
  private static final String SPACE = "space";
  private static final String SUPERNET = "supernet";
  private static final String NO_SUPERNET =
      "must be left out with method neat, which trains no supernet: how the network of a genome is"
          + " trained is said by search.fitness, and how large genomes grow by"
          + " search.method.max-nodes";

  private final RecordKeys keys;
  private final Variants methods;
  private final ConfigObject ofGradients;
  private final ConfigObject ofPopulations;

  /**
   * @param keys of all that a search is made of
   * @param defaults has the roots {@code methods}, {@code fletch} and {@code population}, what a
   *     population changes in and adds to the defaults of {@code fletch}
   */
  SearchReader(RecordKeys keys, ConfigObject defaults) {
    this.keys = keys;
    this.methods =
        new Variants(
            MethodReader.NAME, MethodReader.SECTION, (ConfigObject) defaults.get("methods"));
    this.ofGradients = section((ConfigObject) defaults.get(RunConfigLoader.ROOT), "search");
    this.ofPopulations = (ConfigObject) defaults.get("population");
  }

  private static ConfigObject section(ConfigObject parent, String key) {
    return (ConfigObject) parent.get(key);
  }

  /**
   * Changes the defaults of other sections to those of a population, if one searches; so to be
   * called before them, but after {@code data}.
   */
  void prepare(Section root) {
    if (isPopulation(root)) {
      root.preferDefaults(ofPopulations);
      root.section("search").addDefaults(section(ofPopulations, "search"));
    }
  }

  /** Whether a population searches, and no gradients. */
  static boolean isPopulation(Section root) {
    return root.section("search")
        .section(MethodReader.SECTION, MethodReader.NAME)
        .known(
            MethodReader.NAME, List.of(ANY_GRADIENT_METHOD, PopulationSettings.NAME), name -> name)
        .equals(PopulationSettings.NAME);
  }

  /** The search, or null if it is refused. To be called when all other sections have been read. */
  @Override
  public SearchSection read(Section root, String key) {
    Section search = root.section(key);
    return isPopulation(root) ? population(root, search) : gradient(search);
  }

  private SearchSettings gradient(Section search) {
    SearchSettings settings = keys.read(search, SearchSettings.class);
    refuseOfPopulations(search, section(ofPopulations, "search"));
    return settings;
  }

  private static void refuseOfPopulations(Section section, ConfigObject ofPopulations) {
    section.unknown().stream()
        .filter(ofPopulations::containsKey)
        .forEach(
            key ->
                section.refuse(
                    key, "must be left out: it is for method neat, whose networks are genomes"));
  }

  private PopulationSettings population(Section root, Section search) {
    Section method = search.section(MethodReader.SECTION, MethodReader.NAME);
    method.useDefaults(
        MethodReader.NAME, PopulationSettings.NAME, methods.defaults(PopulationSettings.NAME));
    method.text(MethodReader.NAME);
    PopulationSettings settings = keys.read(search, PopulationSettings.class);
    methods.refuseOthers(method, PopulationSettings.NAME);
    search.unknown().stream()
        .filter(ofGradients::containsKey)
        .forEach(key -> search.refuse(key, NO_SUPERNET));
    Section supernet = root.section(SUPERNET);
    if (root.raw(SUPERNET).orElse(Values.EMPTY) instanceof ConfigObject written) {
      written.keySet().forEach(key -> supernet.refuse(key, NO_SUPERNET));
    }
    Section space = root.section(SPACE);
    if (space.isWritten("nodes")) {
      space.refuse("nodes", NO_SUPERNET);
    }
    return settings;
  }

  @Override
  public void write(SearchSection settings, Map<String, Object> section) {
    throw new IllegalStateException("A search has keys in other sections too");
  }

  @Override
  public void write(SearchSection settings, Map<String, Object> section, Map<String, Object> root) {
    if (settings instanceof PopulationSettings) {
      RecordKeys.section(section, MethodReader.SECTION)
          .put(MethodReader.NAME, PopulationSettings.NAME);
      root.remove(SUPERNET);
      RecordKeys.section(root, SPACE).clear();
    }
    keys.write(settings, section, root);
  }
}
