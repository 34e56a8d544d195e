/**
 * Blocks built of engine steps: depthwise and pointwise convolutions, batch norm, pools, factorized
 * reduction, heads. Knows the engine and batches, not what a cell is.
 *
 * @see dev.fletch.nn.TrainableNetwork the door: what every network offers to a replica
 * @see dev.fletch.nn.Blocks where the blocks are put together
 */
package dev.fletch.nn;
