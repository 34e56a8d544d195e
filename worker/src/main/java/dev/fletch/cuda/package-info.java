/**
 * A graphics card, seen as this project needs it: memory, copies, kernels and graphs, in one stream
 * of a card. It knows nothing of networks.
 *
 * <p>The door is {@link dev.fletch.cuda.Driver}.
 */
package dev.fletch.cuda;
