package dev.fletch.engine.recurrent;

/**
 * What dropout multiplies with in a pass: 0, or one over the probability of staying. Each is the
 * same at all times; an array of length 0 stands for ones.
 *
 * @param words {@code [V]}, of words where they are looked up
 * @param embedding {@code [B, C]}, of words' vectors
 * @param input {@code [B, C]}, of the same again where the cell reads them
 * @param hidden {@code [B, C]}, of memory and states where the cell's matrices read them
 * @param output {@code [B, C]}, of what the softmax reads
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
public record Masks(
    float[] words, float[] embedding, float[] input, float[] hidden, float[] output) {
  private static final float[] ONES = {};

  public static final Masks NONE = new Masks(ONES, ONES, ONES, ONES, ONES);
}
