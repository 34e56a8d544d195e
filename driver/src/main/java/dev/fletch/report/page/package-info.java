/**
 * Reports for people: {@code index.html}, one file with everything in it. A page calls its
 * sections, a section what it is put together from, never the other way.
 *
 * @see dev.fletch.report.page.Page the door
 */
package dev.fletch.report.page;
