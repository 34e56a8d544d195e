/**
 * How settings records refuse bad values: all problems of a record at once, each under the key a
 * person wrote.
 *
 * @see dev.fletch.settings.Checks the door
 */
package dev.fletch.settings;
