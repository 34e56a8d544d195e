package dev.fletch.nn;

import dev.fletch.engine.Slot;

/**
 * A slot whose rows a step has centred in training, with the means it took off. In evaluation the
 * rows are as they came and the means are not used.
 *
 * @param means {@code [C]}, rewritten by every training forward; null if the slot is not to be
 *     centred
 */
@SuppressWarnings("ArrayRecordComponent") // shared between two steps on purpose
public record Centred(Slot slot, double[] means) {}
