package dev.fletch.data;

import java.io.Serializable;

/** A step of training: both count from 0, and step restarts in every epoch. */
public record StepId(int epoch, int step) implements Serializable {}
