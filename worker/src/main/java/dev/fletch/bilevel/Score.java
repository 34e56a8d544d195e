package dev.fletch.bilevel;

import java.io.Serializable;

/**
 * Mean cross-entropy and accuracy over some examples.
 *
 * @param accuracy fraction in [0, 1]
 */
public record Score(double loss, double accuracy, long examples) implements Serializable {}
