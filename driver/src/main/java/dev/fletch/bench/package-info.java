/**
 * The benchmarks: how long a gradient of a supernet, a training step of a candidate and a round of
 * averaging take on this machine.
 *
 * @see dev.fletch.bench.BenchNetworks the door
 */
package dev.fletch.bench;
