/**
 * What a run leaves for people and programs, made from the very records that search and retraining
 * wrote: {@link dev.fletch.report.RunReportReader} puts them together, {@link
 * dev.fletch.report.ReportWriter} writes {@code report/}. The rooms behind: {@code model} says what
 * a page or a table says, {@code table} writes it for programs, {@code page} for people, {@code
 * draw} draws. None of them knows how searches and trainings produce what they wrote; never Spark,
 * never ND4J.
 *
 * @see dev.fletch.report.ReportWriter the door
 */
package dev.fletch.report;
