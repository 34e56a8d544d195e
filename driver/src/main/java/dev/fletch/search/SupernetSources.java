package dev.fletch.search;

import dev.fletch.gradient.GradientSource;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSpace;

/** Where a search gets its supernets from; a method may need another one in every stage. */
@FunctionalInterface
public interface SupernetSources {
  /** Gradients of a supernet of that size and those edges; whoever opens it closes it. */
  GradientSource open(SupernetSpace supernet, EdgeSettings edges);
}
