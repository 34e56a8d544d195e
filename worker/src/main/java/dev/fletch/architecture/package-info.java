/**
 * Architectures as values: genes, cells, genotypes and genomes, their text and JSON forms, the
 * published ones by name, and the rules that derive a genotype from mixing weights, and the mixing
 * weights of a genotype and of random paths.
 *
 * <p>Knows nothing of networks, data or engines.
 *
 * @see dev.fletch.architecture.Architecture the door
 */
package dev.fletch.architecture;
