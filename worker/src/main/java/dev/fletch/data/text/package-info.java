/**
 * Texts as they come: the lines and rows of their files, words, the numbers and start vectors of
 * words.
 *
 * <p>Knows nothing of data sets, files or networks: only the JDK and, for JSON, Jackson.
 *
 * @see dev.fletch.data.text.TableLayout the door to rows
 * @see dev.fletch.data.text.Vocabulary the door to words
 */
package dev.fletch.data.text;
