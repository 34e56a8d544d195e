/**
 * What is to be learned of examples: the end that a network gets for it, and how its scores are
 * read.
 *
 * @see dev.fletch.task.Task the door
 */
package dev.fletch.task;
