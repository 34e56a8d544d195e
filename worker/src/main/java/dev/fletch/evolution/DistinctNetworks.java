package dev.fletch.evolution;

import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Phenotype;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds genomes that describe the same network, so that one of them is trained for all. */
public final class DistinctNetworks {
  private DistinctNetworks() {}

  /**
   * For each genome the place of the first that describes the same network: its own, if it is to be
   * trained itself.
   */
  public static List<Integer> representatives(List<Genome> genomes) {
    List<Phenotype> phenotypes = genomes.stream().map(Genome::phenotype).toList();
    Map<Long, List<Integer>> known = new HashMap<>();
    List<Integer> representatives = new ArrayList<>();
    for (int n = 0; n < phenotypes.size(); n++) {
      Phenotype phenotype = phenotypes.get(n);
      List<Integer> alike =
          known.computeIfAbsent(phenotype.fingerprint(), fingerprint -> new ArrayList<>());
      int representative =
          alike.stream()
              .filter(other -> phenotype.isSameAs(phenotypes.get(other)))
              .findFirst()
              .orElse(n);
      if (representative == n) {
        alike.add(n);
      }
      representatives.add(representative);
    }
    return representatives;
  }
}
