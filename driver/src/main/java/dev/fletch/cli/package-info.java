/**
 * The commands of a run: what was typed, read into configurations and handed to what carries it
 * out.
 *
 * @see dev.fletch.cli.Session the door
 */
package dev.fletch.cli;
