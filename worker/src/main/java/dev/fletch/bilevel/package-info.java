/**
 * The bilevel optimisation: alpha gradients of first and second order, what alpha minimises besides
 * the loss, and the search steps made of them. It asks a {@link dev.fletch.gradient.GradientSource}
 * for gradients and knows neither where replicas run nor which space is searched.
 *
 * @see dev.fletch.bilevel.BilevelStep the door
 */
package dev.fletch.bilevel;
