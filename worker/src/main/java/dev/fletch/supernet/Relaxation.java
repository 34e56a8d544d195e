package dev.fletch.supernet;

import dev.fletch.nn.MixingFunction;

/**
 * How alpha becomes mixing weights, edge by edge, with its backward pass. Vectors are flat, {@code
 * [edges, operations]} of the normal cell row by row, then of the reduction cell (see {@link
 * ArchitectureParameters}); rows of mixing weights may have further columns ({@link EdgeSettings}),
 * and what is trained may be more than alpha. The genotype is derived from mixing weights, not from
 * alpha.
 */
public sealed interface Relaxation extends MixingFunction
    permits ArgmaxRelaxation,
        AuxiliaryColumn,
        DirectRelaxation,
        EdgeNormalisation,
        EnsembleCodeRelaxation,
        FixedMixing,
        GumbelRelaxation,
        HardGumbelRelaxation,
        LearnedTemperatureRelaxation,
        LinearHypernetwork,
        MaskedSoftmaxRelaxation,
        SigmoidRelaxation,
        SoftmaxRelaxation {}
