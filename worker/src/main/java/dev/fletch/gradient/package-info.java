/**
 * What gradients and scores of a network are and how they are asked for: requests, sums weighted by
 * examples, means, confusion matrices, the metrics that scores are ranked by, and the form in which
 * they travel between processes.
 *
 * @see dev.fletch.gradient.GradientSource the door
 */
package dev.fletch.gradient;
