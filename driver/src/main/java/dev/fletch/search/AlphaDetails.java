package dev.fletch.search;

/**
 * What is known of a supernet after an epoch beside its figures.
 *
 * @param temperature T of the epoch
 * @param alphaEntropy mean entropy of the edges' mixing weights, in nats
 * @param watch what else was measured
 */
public record AlphaDetails(double temperature, double alphaEntropy, Watch watch)
    implements EpochDetails {}
