package dev.fletch.data;

/**
 * What a data set is, as far as networks and estimates need to know.
 *
 * @param shape of what networks see
 * @param classes number of labels
 * @param train examples in the training set, after any limit
 * @param weights those of {@code train} that train w in a search
 * @param alpha the rest of {@code train}
 * @param test examples in the test set, after any limit
 */
public record DataHeader(
    ImageShape shape, int classes, int train, int weights, int alpha, int test) {}
