package dev.fletch.supernet;

import dev.fletch.nn.MixingFunction;

/**
 * How alpha becomes mixing weights, edge by edge, with its backward pass. Vectors are flat, {@code
 * [edges, operations]} of the normal cell row by row, then of the reduction cell (see {@link
 * ArchitectureParameters}). The genotype is derived from the same mixing weights.
 */
public sealed interface Relaxation extends MixingFunction permits SoftmaxRelaxation {}
