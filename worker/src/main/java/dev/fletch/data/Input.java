package dev.fletch.data;

import java.io.Serializable;

/**
 * What one example is to a network: its kind and its size. Written out, it is what configuration
 * and messages say.
 */
public sealed interface Input extends Serializable permits ImageShape, StreamShape, TokenShape {
  /** How many sides an example has, which decides how many weights a convolution has: 1 or 2. */
  int dimensions();

  /** An example as it is on average, of which costs of a network are told: images are all alike. */
  default Input average() {
    return this;
  }
}
