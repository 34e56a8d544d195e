package dev.fletch.report.model;

/**
 * What a network of a run takes, and took to be found and trained.
 *
 * @param parameters 0 when unknown
 * @param multiplyAdds of one example; 0 when unknown
 * @param searchSeconds wall time of the search that found its structure, in whichever run; NaN if
 *     nothing was searched, or it is unknown
 * @param trainingSeconds wall time of one training, the mean over its seeds; NaN if unknown
 */
public record RunCost(
    long parameters, long multiplyAdds, double searchSeconds, double trainingSeconds) {}
