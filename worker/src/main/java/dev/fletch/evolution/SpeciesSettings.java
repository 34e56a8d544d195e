package dev.fletch.evolution;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * Whether genomes compete within species, and what makes a species (Stanley and Miikkulainen, 2002,
 * sections 3.3 and 4.1).
 *
 * @param excess c1, the weight of genes that are newer than all of the other genome
 * @param disjoint c2, the weight of other genes that one genome alone has
 * @param differences c3, the weight of the mean number of differences between genes that both have
 * @param smallGenome genomes below this number of connections are not divided by their size
 * @param threshold distance from its representative below which a genome belongs to a species
 * @param stagnation generations without progress after which a species has no children
 * @param championsFrom members from which on a species' best genome is copied as it is
 * @param survival part of a species, the best of it, that may have children; at least two
 * @param interspeciesMating probability that the second parent is of any species
 */
public record SpeciesSettings(
    boolean enabled,
    double excess,
    double disjoint,
    double differences,
    int smallGenome,
    double threshold,
    int stagnation,
    int championsFrom,
    double survival,
    double interspeciesMating)
    implements Serializable {
  public SpeciesSettings {
    new Checks()
        .atLeast("excess", excess, 0)
        .atLeast("disjoint", disjoint, 0)
        .atLeast("differences", differences, 0)
        .atLeast("small-genome", smallGenome, 0)
        .positive("threshold", threshold)
        .atLeast("stagnation", stagnation, 1)
        .atLeast("champions-from", championsFrom, 1)
        .between("survival", survival, 0, 1)
        .between("interspecies-mating", interspeciesMating, 0, 1)
        .orThrow();
  }
}
