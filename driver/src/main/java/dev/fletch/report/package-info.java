/**
 * What a run leaves for people and programs: {@code report.json}, {@code leaderboard.csv} and
 * {@code index.html}, made from a {@link dev.fletch.report.RunReport}, which {@link
 * dev.fletch.report.RunReportReader} reads from a run folder. Knows the files of the run folder and
 * nothing of how searches and trainings produce them; never Spark, never ND4J. Throughout, a {@code
 * double} of {@code NaN} means "not measured": it is {@code null} in JSON, empty in CSV and a dash
 * in HTML.
 *
 * @see dev.fletch.report.ReportWriter the door
 */
package dev.fletch.report;
