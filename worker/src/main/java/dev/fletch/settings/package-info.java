/**
 * How settings records refuse bad values: all problems of a record at once, each under the key a
 * person wrote. Beside them what any package may need: numbers in words, check sums, names of
 * threads.
 *
 * @see dev.fletch.settings.Checks the door
 */
package dev.fletch.settings;
