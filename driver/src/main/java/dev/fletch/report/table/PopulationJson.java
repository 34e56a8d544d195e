package dev.fletch.report.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.report.model.FamilyTree;
import dev.fletch.report.model.GenerationLine;
import dev.fletch.report.model.PopulationReport;
import dev.fletch.runfolder.Json;

/** {@code population} in {@code report.json}: generations in numbers, the winner's family. */
final class PopulationJson {
  private PopulationJson() {}

  static void put(ObjectNode json, PopulationReport population) {
    var generations = json.putArray("generations");
    for (GenerationLine line : population.lines()) {
      ObjectNode at =
          generations
              .addObject()
              .put("generation", line.generation())
              .put("individuals", line.individuals());
      Json.number(at, "best", line.best());
      Json.number(at, "mean", line.mean());
      at.put("failures", line.failures())
          .put("bestId", line.bestId())
          .put("bestNodes", line.bestNodes());
      Json.number(at, "nodes", line.nodes());
      Json.number(at, "connections", line.connections());
      at.put("species", line.species()).put("evaluations", line.cost().evaluations());
      Json.number(at, "seconds", line.cost().seconds());
    }
    var family = json.putArray("family");
    for (FamilyTree.Member member : population.winner().members()) {
      ObjectNode at =
          family.addObject().put("id", member.id()).put("generation", member.generation());
      Json.number(at, "fitness", member.fitness());
      at.put("origin", member.origin().text());
      member.parents().forEach(at.putArray("parents")::add);
      at.put("genome", member.genome());
    }
  }
}
