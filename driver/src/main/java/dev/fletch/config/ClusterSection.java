package dev.fletch.config;

import dev.fletch.engine.DeviceChoice;
import java.io.Serializable;

/**
 * What a run wants of the machines it runs on.
 *
 * @param device what networks are computed on
 */
public record ClusterSection(DeviceChoice device) implements Serializable {}
