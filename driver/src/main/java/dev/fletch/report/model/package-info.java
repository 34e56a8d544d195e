/**
 * What a page or a table says of a run or of a sweep: candidates in the order of their results,
 * comparisons, best against last, figures as people read them. Throughout, a {@code double} of
 * {@code NaN} means "not measured": it is {@code null} in JSON, empty in CSV and a dash in HTML.
 *
 * @see dev.fletch.report.model.RunReport the door
 */
package dev.fletch.report.model;
