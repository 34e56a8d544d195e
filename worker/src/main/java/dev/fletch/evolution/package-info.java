/**
 * Evolution of genomes by NEAT (Stanley and Miikkulainen, 2002): mutation, crossover, selection and
 * species as functions of seed, generation and child. Populations are values, which know their JSON
 * form.
 *
 * <p>Knows nothing of networks: what a genome is worth is told from outside.
 *
 * @see dev.fletch.evolution.Neat the door
 */
package dev.fletch.evolution;
