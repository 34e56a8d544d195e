package dev.fletch.retrain;

import java.io.Serializable;

/**
 * A finished training of one candidate with one seed.
 *
 * @param testAccuracy fraction in [0, 1], measured once, after the last epoch
 * @param parameters weights of the network without the auxiliary head, the size that papers publish
 * @param seconds wall time of all epochs and the test, also over interruptions
 * @param epochs that were trained
 */
public record TrainingResult(
    String candidate,
    long seed,
    double testAccuracy,
    double testLoss,
    long parameters,
    double seconds,
    int epochs)
    implements Serializable {}
