/**
 * Reports for programs: JSON, CSV and Parquet. Fields and columns are a contract: some may be
 * added, none renamed.
 *
 * @see dev.fletch.report.table.ReportJson the door
 */
package dev.fletch.report.table;
