package dev.fletch.nn;

import dev.fletch.engine.Doubles;
import dev.fletch.engine.Slot;

/**
 * A slot whose rows a step has centred in training, with the means it took off. In evaluation the
 * rows are as they came and the means are not used.
 *
 * @param means {@code [C]}, rewritten by every training forward; null if the slot is not to be
 *     centred
 */
public record Centred(Slot slot, Doubles means) {}
