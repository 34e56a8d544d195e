/**
 * Contracts: for an interface an abstract test class with all that its implementations owe, which
 * each of them inherits as a nested class of the interface's contract test.
 */
package dev.fletch.contract;
