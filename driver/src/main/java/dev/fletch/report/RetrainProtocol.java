package dev.fletch.report;

/**
 * How candidates were retrained and tested.
 *
 * @param testing {@code held-out} or {@code darts-paper}; empty when unknown
 * @param validationPortion of the training set that was held out; NaN when unknown
 */
public record RetrainProtocol(String testing, double validationPortion) {
  public static final RetrainProtocol UNKNOWN = new RetrainProtocol("", Double.NaN);

  /** For people; empty when unknown. */
  String sentence() {
    String tested =
        switch (testing) {
          case "held-out" ->
              "Protocol held-out: each training was tested once, after its last epoch, so nothing"
                  + " was chosen by test data.";
          case "darts-paper" ->
              "Protocol darts-paper: each training was tested after every epoch. The test accuracy"
                  + " is the last epoch's; the best one was chosen on test data and is too good an"
                  + " estimate.";
          default -> "";
        };
    return tested.isEmpty() || !(validationPortion > 0)
        ? tested
        : tested
            + " "
            + Figures.briefPercent(validationPortion)
            + " of the training set was held out for validation.";
  }
}
