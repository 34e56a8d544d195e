package dev.fletch.architecture;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * A number for every node of a phenotype that depends on nothing but its place in what is computed:
 * nodes that could be exchanged have the same. Found by refinement (Weisfeiler and Leman, 1968):
 * from what a node does itself, then from the numbers of all that it reads and all that read it,
 * until no two nodes are told apart that were not before.
 */
final class NodeColours {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final Phenotype phenotype;
  private long[] colours;

  NodeColours(Phenotype phenotype) {
    this.phenotype = phenotype;
    int nodes = phenotype.nodes().size();
    colours = new long[nodes];
    for (int n = 0; n < nodes; n++) {
      colours[n] = hash(aggregation(phenotype.nodes().get(n)), n == nodes - 1 ? 1 : 0);
    }
    long different = -1;
    while (different() > different) {
      different = different();
      refine();
    }
  }

  /** By node, in the order of the phenotype. */
  long[] colours() {
    return colours;
  }

  private long different() {
    return LongStream.of(colours).distinct().count();
  }

  private void refine() {
    int nodes = colours.length;
    LongStream.Builder[] readers = new LongStream.Builder[nodes];
    Arrays.setAll(readers, n -> LongStream.builder());
    long[] inputs = new long[nodes];
    for (int n = 0; n < nodes; n++) {
      Phenotype.Node node = phenotype.nodes().get(n);
      long[] ports = new long[node.inputs().size()];
      for (int p = 0; p < ports.length; p++) {
        Phenotype.Input input = node.inputs().get(p);
        ports[p] = port(input);
        for (int state : input.states()) {
          if (state > Genome.INPUT) {
            readers[state - 1].add(hash(colours[n], ports[p]));
          }
        }
      }
      inputs[n] = sorted(LongStream.of(ports));
    }
    for (int n = 0; n < nodes; n++) {
      inputs[n] = hash(colours[n], inputs[n], sorted(readers[n].build()));
    }
    colours = inputs;
  }

  private long port(Phenotype.Input input) {
    LongStream states =
        input.states().stream().mapToLong(s -> s == Genome.INPUT ? 0 : colours[s - 1]);
    return hash(input.gene().toString().hashCode(), sorted(states));
  }

  /** Of no account where there is one port only. */
  static int aggregation(Phenotype.Node node) {
    return node.inputs().size() < Port.values().length ? 0 : 1 + node.aggregation().ordinal();
  }

  private static long sorted(LongStream values) {
    return hash(values.sorted().toArray());
  }

  private static long hash(long... values) {
    long hash = values.length;
    for (long value : values) {
      hash = mix(hash + GOLDEN_GAMMA * (value + 1));
    }
    return hash;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
