/**
 * What carries a run or a sweep out: checks and estimates before it starts, its phases on Spark,
 * and how a failure ends it.
 *
 * @see dev.fletch.run.Phases the door
 */
package dev.fletch.run;
