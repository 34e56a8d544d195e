/**
 * The program: its commands put together, and how each of their failures is told.
 *
 * @see dev.fletch.Fletch the door
 */
package dev.fletch;
