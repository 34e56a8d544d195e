/**
 * The kernels of language models: a recurrent cell over the times of a window, forward and
 * backward, and the softmax over a vocabulary. Everything lies on the heap, in panels of a few
 * columns ({@link dev.fletch.engine.recurrent.Panels}), and is divided among threads by panels, so
 * that their number changes no bit.
 *
 * @see dev.fletch.engine.recurrent.LanguageModelPass the door
 */
package dev.fletch.engine.recurrent;
