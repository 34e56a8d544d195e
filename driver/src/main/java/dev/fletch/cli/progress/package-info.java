/**
 * How far a run is, told to a person: a bar on a terminal, plain lines elsewhere, and the time that
 * is left.
 *
 * @see dev.fletch.cli.progress.Progress the door
 */
package dev.fletch.cli.progress;
