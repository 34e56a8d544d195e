package dev.fletch.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.JsonFields;
import dev.fletch.architecture.Port;
import java.util.List;
import java.util.Set;

/**
 * The JSON form of a population. Numbers are written so that reading gives the same bits; a fitness
 * that failed is null.
 */
final class PopulationJson {
  private static final int FORMAT = 1;
  private static final String POPULATION = "population";

  private PopulationJson() {}

  static ObjectNode tree(Population population) {
    ObjectNode tree =
        JsonNodeFactory.instance
            .objectNode()
            .put(JsonFields.FORMAT, FORMAT)
            .put("generation", population.generation());
    ArrayNode individuals = tree.putArray("individuals");
    for (Individual individual : population.individuals()) {
      ObjectNode at =
          individuals
              .addObject()
              .put("id", individual.id())
              .put("origin", individual.origin().text());
      individual.parents().forEach(at.putArray("parents")::add);
      at.set("genome", individual.genome().json());
      if (population.isScored()) {
        putFitness(at, "fitness", population.fitness().get(individuals.size() - 1));
      }
    }
    ArrayNode species = tree.putArray("species");
    for (Species one : population.species()) {
      ObjectNode at = species.addObject().put("id", one.id()).put("improvedIn", one.improvedIn());
      putFitness(at, "best", one.best());
      one.members().forEach(at.putArray("members")::add);
      at.set("representative", one.representative().json());
    }
    tree.set("innovations", innovations(population.innovations()));
    return tree;
  }

  private static void putFitness(ObjectNode at, String name, double fitness) {
    if (Population.isFailed(fitness)) {
      at.putNull(name);
    } else {
      at.put(name, fitness);
    }
  }

  private static ArrayNode innovations(InnovationTable table) {
    ArrayNode innovations = JsonNodeFactory.instance.arrayNode();
    for (Innovation innovation : table.innovations()) {
      innovations
          .addObject()
          .put("number", innovation.number())
          .put("generation", innovation.generation())
          .put("from", innovation.from())
          .put("to", innovation.to())
          .put("port", innovation.port().name())
          .put("split", innovation.split());
    }
    return innovations;
  }

  static Population read(String json) {
    JsonFields fields =
        new JsonFields(
                POPULATION,
                JsonFields.root(POPULATION, json),
                "$",
                Set.of(JsonFields.FORMAT, "generation", "individuals", "species", "innovations"))
            .requireFormat(FORMAT);
    int generation = fields.integer("generation");
    List<Individual> individuals = fields.list("individuals", PopulationJson::individual);
    List<Species> species = fields.list("species", PopulationJson::species);
    List<Innovation> innovations = fields.list("innovations", PopulationJson::innovation);
    List<Double> fitness =
        fields.<List<Double>>list("individuals", PopulationJson::fitness).stream()
            .flatMap(List::stream)
            .toList();
    return fields.build(
        () ->
            new Population(
                generation, individuals, species, new InnovationTable(innovations), fitness));
  }

  private static JsonFields individualFields(JsonNode node, String path) {
    return new JsonFields(
        POPULATION, node, path, Set.of("id", "origin", "parents", "genome", "fitness"));
  }

  private static Individual individual(JsonNode node, String path) {
    JsonFields fields = individualFields(node, path);
    return new Individual(
        fields.integer("id"),
        fields.value("genome", Genome::read),
        fields.choice("origin", List.of(Origin.values()), Origin::text),
        fields.integers("parents"));
  }

  /** One number, or none if it is not known. */
  private static List<Double> fitness(JsonNode node, String path) {
    JsonFields fields = individualFields(node, path);
    return fields.has("fitness") ? List.of(fields.number("fitness", Population.FAILED)) : List.of();
  }

  private static Species species(JsonNode node, String path) {
    JsonFields fields =
        new JsonFields(
            POPULATION,
            node,
            path,
            Set.of("id", "improvedIn", "best", "members", "representative"));
    int id = fields.integer("id");
    Genome representative = fields.value("representative", Genome::read);
    List<Integer> members = fields.integers("members");
    double best = fields.number("best", Population.FAILED);
    int improvedIn = fields.integer("improvedIn");
    return fields.build(() -> new Species(id, representative, members, best, improvedIn));
  }

  private static Innovation innovation(JsonNode node, String path) {
    JsonFields fields =
        new JsonFields(
            POPULATION, node, path, Set.of("number", "generation", "from", "to", "port", "split"));
    return new Innovation(
        fields.integer("number"),
        fields.integer("generation"),
        fields.integer("from"),
        fields.integer("to"),
        fields.choice("port", List.of(Port.values()), Port::name),
        fields.integer("split"));
  }
}
