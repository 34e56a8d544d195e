/**
 * Trained candidates as models that other programs read, compared with the network they come from
 * before they are written.
 *
 * @see dev.fletch.export.ExportCommand the door
 */
package dev.fletch.export;
