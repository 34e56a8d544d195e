package dev.fletch.nn;

import java.io.Serializable;

/**
 * How a network did on one minibatch.
 *
 * @param lossSum cross-entropy summed over the examples
 */
public record BatchScore(double lossSum, int correct, int examples) implements Serializable {}
