package dev.fletch.method;

/**
 * Chooses the architecture of an epoch by scoring random paths with the shared weights instead of
 * reading it off alpha (Li and Talwalkar, 2019, arXiv:1902.07638, section 3).
 *
 * @param samples paths scored after the last epoch; after the others, {@code finalists} paths are
 * @param chunks minibatches of the alpha portion that a path is scored on
 * @param finalists best paths that are then scored on the whole portion
 */
public record PathSelection(int samples, int chunks, int finalists) {}
