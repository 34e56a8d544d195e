/**
 * A data set and a network small enough to be computed by hand: what tests of training loops run
 * on, without native code.
 */
package dev.fletch.toy;
