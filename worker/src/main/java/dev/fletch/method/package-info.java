/**
 * The search methods: each is a record whose components are its settings, and which says what it is
 * made of: relaxation, alpha's objective, step procedure, schedule, derivation rule. The parts
 * themselves live where they belong: relaxations in {@code supernet}, objectives and procedures in
 * {@code bilevel}, derivation rules in {@code architecture}.
 *
 * @see dev.fletch.method.Method the door
 * @see dev.fletch.method.Methods every method there is
 */
package dev.fletch.method;
