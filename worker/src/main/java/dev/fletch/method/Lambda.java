package dev.fletch.method;

import dev.fletch.supernet.Relaxation;

/**
 * A value of a hypernetwork's complexity parameter.
 *
 * @param relaxation what it makes of the trained vector
 */
public record Lambda(double value, Relaxation relaxation) {}
