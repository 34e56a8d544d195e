package dev.fletch.gradient;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.nn.Wanted;
import java.io.Serializable;

/** One exchange: gradients of the mean loss over one step's minibatch of {@code portion}. */
public record GradientRequest(Portion portion, StepId at, Wanted wanted) implements Serializable {}
