/**
 * Drawings as inline SVG, and the markup that all of a page is made of: line charts, heat maps,
 * cells.
 *
 * @see dev.fletch.report.draw.Markup the door
 */
package dev.fletch.report.draw;
