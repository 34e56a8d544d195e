/**
 * Language models: embedding, recurrent cell, and the softmax over the vocabulary that shares the
 * embedding's matrix.
 *
 * @see dev.fletch.nn.recurrent.LanguageModelNetwork the door
 */
package dev.fletch.nn.recurrent;
