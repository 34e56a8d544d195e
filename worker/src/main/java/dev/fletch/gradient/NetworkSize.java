package dev.fletch.gradient;

import java.io.Serializable;

/** Lengths of the flat vectors of a network: weights w, mixing weights, batch-norm statistics. */
public record NetworkSize(int weights, int mixing, int statistics) implements Serializable {}
