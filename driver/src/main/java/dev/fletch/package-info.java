/**
 * The command line: reads what was asked for, checks it, and runs the phases. The only package that
 * knows all others.
 *
 * @see dev.fletch.Fletch the door
 */
package dev.fletch;
