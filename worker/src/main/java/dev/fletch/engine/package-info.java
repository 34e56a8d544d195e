/**
 * The execution plan: slots, steps with forward and backward, flat parameter and gradient vectors,
 * the kernels for processors and for cards, and every call to ND4J. Knows nothing of networks or
 * data.
 *
 * @see dev.fletch.engine.PlanBuilder the door
 */
package dev.fletch.engine;
